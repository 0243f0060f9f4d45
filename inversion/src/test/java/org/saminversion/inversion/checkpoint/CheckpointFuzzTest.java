package org.saminversion.inversion.checkpoint;

import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.saminversion.inversion.checkpoint.PickleWriter.NONE;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Map;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.saminversion.graph.Tensor;
import org.saminversion.inversion.failure.JobFailure;
import org.saminversion.inversion.file.Mutations;
import org.saminversion.inversion.file.SafetensorsFile;

/**
 * Damaged checkpoints end in a result or in a refusal, soon, and in nothing else. The system property {@code
 * sam.fuzz.iterations} sets how many files of each kind are tried.
 */
class CheckpointFuzzTest {
    private static final int ITERATIONS = Integer.getInteger("sam.fuzz.iterations", 1_000);
    private static final Duration LONGEST = Duration.ofSeconds(20);

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
                        SafetensorsFile.of(small, Map.of("conv_clamp", "256")).toBytes()));
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
