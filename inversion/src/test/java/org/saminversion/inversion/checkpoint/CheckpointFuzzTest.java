package org.saminversion.inversion.checkpoint;

import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.saminversion.inversion.checkpoint.PickleWriter.NONE;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.saminversion.graph.Shape;
import org.saminversion.graph.Tensor;
import org.saminversion.inversion.failure.JobFailure;
import org.saminversion.inversion.file.Mutations;
import org.saminversion.inversion.file.NpyFile;
import org.saminversion.inversion.file.SafetensorsFile;
import org.saminversion.inversion.network.FormulaWeights;

/**
 * Damaged checkpoints end in a result or in a refusal, soon, and in nothing else. The system property {@code
 * sam.fuzz.iterations} sets how many files of each kind are tried.
 */
class CheckpointFuzzTest {
    private static final int ITERATIONS = Integer.getInteger("sam.fuzz.iterations", 1_000);
    private static final Duration LONGEST = Duration.ofSeconds(20);
    private static final int TENSORS = 40;

    static Stream<Arguments> files() {
        SortedMap<String, Tensor> small = GeneratorFiles.generator(new GeneratorFiles.Sizes(3, 2, 0, 1, 2, 2), 1);
        return Stream.of(
                Arguments.of("PyTorch", TorchFiles.stateDictionary(small, false)),
                Arguments.of("PyTorch before 1.6", TorchFiles.stateDictionary(small, true)),
                Arguments.of("NVIDIA PyTorch", GeneratorFiles.ada(small, NONE)),
                Arguments.of("NVIDIA TensorFlow", GeneratorFiles.tensorFlow(small)),
                Arguments.of("rosinality", TorchFiles.stateDictionary(GeneratorFiles.rosinality(small), false)),
                Arguments.of(
                        "safetensors",
                        SafetensorsFile.of(small, Map.of("conv_clamp", "256")).toBytes()),
                Arguments.of("encoder", encoder()),
                Arguments.of("invertibility network", invertibility()),
                Arguments.of("LPIPS weights", TorchFiles.stateDictionary(perceptualHeads(), true)),
                Arguments.of("BigGAN", TorchFiles.stateDictionary(beginning("biggan_deep", 2000), false)),
                Arguments.of("ADE20K", TorchFiles.stateDictionary(beginning("segmenter_ade20k_encoder", 2000), true)),
                Arguments.of("components", components()));
    }

    /** What a network's file has of small tensors, and those that it is recognised by in little: the rest is more of the same. */
    private static SortedMap<String, Tensor> beginning(String network, int elementsMax) {
        SortedMap<String, Tensor> tensors = new TreeMap<>();
        FormulaWeights.narrow(network, 64).forEach((name, tensor) -> {
            if (tensor.shape().elements() <= elementsMax && tensors.size() < TENSORS) {
                tensors.put(name, tensor);
            }
        });
        return tensors;
    }

    private static byte[] encoder() {
        TorchFiles.Builder file = new TorchFiles.Builder(false);
        Map<String, Object> state = new LinkedHashMap<>();
        for (String name : List.of("input_layer.0.weight", "body.23.res_layer.3.weight")) {
            state.put("encoder." + name, file.tensor(Tensor.zeros(Shape.of(2, 6, 3, 3))));
        }
        state.put("encoder.styles.0.linear.weight", file.tensor(Tensor.zeros(Shape.of(2, 2))));
        Map<String, Object> root = new LinkedHashMap<>();
        root.put("state_dict", PickleWriter.orderedDictionary(state));
        root.put("latent_avg", file.tensor(Tensor.zeros(Shape.of(4, 2))));
        root.put("opts", Map.of("encoder_type", "Encoder4Editing", "stylegan_size", 16, "start_from_latent_avg", true));
        return file.file(root);
    }

    private static byte[] invertibility() {
        TorchFiles.Builder file = new TorchFiles.Builder(true);
        Map<String, Object> base = new LinkedHashMap<>();
        base.put("module.backbone.conv1.weight", file.tensor(Tensor.zeros(Shape.of(2, 3, 7, 7))));
        base.put("module.aspp.aspp1.atrous_conv.weight", file.tensor(Tensor.zeros(Shape.of(2, 2, 1, 1))));
        base.put("module.decoder.last_conv.8.weight", file.tensor(Tensor.zeros(Shape.of(8, 2, 1, 1))));
        Map<String, Object> root = new LinkedHashMap<>();
        root.put("sd_base", PickleWriter.orderedDictionary(base));
        for (String space : List.of("W+", "F4")) {
            Map<String, Object> head = new LinkedHashMap<>();
            FormulaWeights.invertibilityHead(space).forEach((name, tensor) -> head.put(name, file.tensor(tensor)));
            root.put(space, PickleWriter.orderedDictionary(head));
        }
        return file.file(root);
    }

    private static Map<String, Tensor> perceptualHeads() {
        Map<String, Tensor> heads = new LinkedHashMap<>();
        for (int channels : Checkpoint.Trunk.ALEXNET.tapChannels()) {
            heads.put("lin" + heads.size() + ".model.1.weight", Tensor.zeros(Shape.of(1, channels, 1, 1)));
        }
        return heads;
    }

    /** As GANSpace writes them, compressed. */
    private static byte[] components() {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        entries.put("lat_comp.npy", NpyFile.toBytes(Tensor.filled(Shape.of(3, 1, 4), 0.5f)));
        entries.put("lat_mean.npy", NpyFile.toBytes(Tensor.zeros(Shape.of(1, 4))));
        entries.put("lat_stdev.npy", NpyFile.toBytes(Tensor.filled(Shape.of(3), 1)));
        return TorchFiles.zip(entries, ZipEntry.DEFLATED);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("files")
    void damagedFilesAreReadOrRefused(String kind, byte[] original) {
        long seed = 20261122;
        SplittableRandom random = new SplittableRandom(seed);
        int refused = 0;
        for (int i = 0; i < ITERATIONS; i++) {
            byte[] damaged = Mutations.mutate(original, random);
            String what = kind + ", seed " + seed + ", mutation " + i;
            refused += assertTimeoutPreemptively(LONGEST, () -> isRefused(damaged, what), what) ? 1 : 0;
        }
        assertTrue(refused > ITERATIONS / 20, "only " + refused + " of " + ITERATIONS + " damaged files were refused");
    }

    private static boolean isRefused(byte[] file, String what) {
        try {
            Checkpoint checkpoint = CheckpointReader.parse(ByteBuffer.wrap(file), what);
            checkpoint.tensors().values().forEach(StoredTensor::load);
            GeneratorImporter.fromCheckpoint(checkpoint, what);
            return false;
        } catch (JobFailure.Rejected refusal) {
            return true;
        } catch (RuntimeException other) {
            throw new AssertionError(what, other);
        }
    }
}
