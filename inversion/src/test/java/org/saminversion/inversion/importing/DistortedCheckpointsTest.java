package org.saminversion.inversion.importing;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.saminversion.graph.RuntimeOptions;
import org.saminversion.graph.Shape;
import org.saminversion.graph.Tensor;
import org.saminversion.inversion.bundle.BundleDescription;
import org.saminversion.inversion.bundle.EncoderDescription;
import org.saminversion.inversion.bundle.GeneratorDescription;
import org.saminversion.inversion.bundle.PerceptualDescription;
import org.saminversion.inversion.bundle.SegmenterDescription;
import org.saminversion.inversion.checkpoint.Checkpoint;
import org.saminversion.inversion.checkpoint.CheckpointReader;
import org.saminversion.inversion.failure.JobFailure;
import org.saminversion.inversion.file.SafetensorsFile;
import org.saminversion.inversion.image.Fit;
import org.saminversion.inversion.image.ImageLayout;
import org.saminversion.inversion.importing.SourceFiles.Source;
import org.saminversion.inversion.network.FormulaWeights;
import org.saminversion.inversion.network.biggan.BigGanWeights;
import org.saminversion.inversion.space.LatentSpace;

/**
 * Checkpoints whose files are sound and whose tensors are not: one is missing, or has another shape, type or name. Whatever becomes of
 * it is a network or a refusal. The system property {@code sam.fuzz.iterations} sets how many are tried, a hundredth of it each.
 */
class DistortedCheckpointsTest {
    private static final int ITERATIONS = Math.max(20, Integer.getInteger("sam.fuzz.iterations", 1_000) / 100);
    private static final int DIVISOR = 16;
    private static final Duration LONGEST = Duration.ofSeconds(20);

    private static final BundleDescription BUNDLE = new BundleDescription(
            "mine",
            "1",
            "tests",
            "none",
            "made by a test",
            new GeneratorDescription("g.safetensors", 256, 8, 512 / DIVISOR, 2, OptionalDouble.empty()),
            ImageLayout.square(256),
            List.of(LatentSpace.W_PLUS, LatentSpace.parse("F4")),
            0.2,
            10,
            new PerceptualDescription.Trunk("p.safetensors", 1, 1),
            SegmenterDescription.Graph.DEFAULT,
            "s.safetensors",
            List.of());

    private static final ImportChoices CHOICES = new ImportChoices(
            "mine", "tests", "none", 1000, 0, Fit.CENTRE_CROP, Optional.empty(), RuntimeOptions.withThreads(1));

    static Stream<Arguments> networks() {
        Map<String, Tensor> invertibility = FormulaWeights.narrow("invertibility_deeplab", DIVISOR);
        for (String space : List.of("W+", "F4")) {
            FormulaWeights.invertibilityHead(space)
                    .forEach((name, tensor) -> invertibility.put(space + "." + name, tensor));
        }
        return Stream.of(
                kind(
                        "invertibility network",
                        invertibility,
                        source -> files(source)
                                .only(Checkpoint.InvertibilityNetwork.class)
                                .ifPresent(found -> InvertibilityPart.of(found, BUNDLE))),
                kind(
                        "pSp",
                        FormulaWeights.narrow("encoder_psp", DIVISOR),
                        source -> files(source)
                                .only(Checkpoint.Encoder.class)
                                .ifPresent(found ->
                                        EncoderPart.of(found, BUNDLE, Optional.of(EncoderDescription.Kind.PSP)))),
                kind(
                        "BiSeNet",
                        FormulaWeights.narrow("segmenter_bisenet", DIVISOR),
                        source -> SegmenterPart.of(files(source), BUNDLE.layout())),
                kind(
                        "BigGAN",
                        FormulaWeights.of("biggan_deep"),
                        source -> files(source)
                                .only(Checkpoint.BigGanDeep.class)
                                .ifPresent(found ->
                                        BigGanWeights.of(found.checkpoint().load(), 1))));
    }

    private static Arguments kind(String name, Map<String, Tensor> tensors, Consumer<Source> importing) {
        return Arguments.of(name, tensors, importing);
    }

    private static SourceFiles files(Source source) {
        return new SourceFiles(List.of(source));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("networks")
    void distortedNetworksAreImportedOrRefused(String kind, Map<String, Tensor> tensors, Consumer<Source> importing) {
        importing.accept(source(tensors));
        long seed = 20261127;
        SplittableRandom random = new SplittableRandom(seed);
        int refused = 0;
        for (int i = 0; i < ITERATIONS; i++) {
            Map<String, Tensor> distorted = distorted(tensors, random);
            String what = kind + ", seed " + seed + ", number " + i;
            refused += assertTimeoutPreemptively(LONGEST, () -> isRefused(distorted, importing, what), what) ? 1 : 0;
        }
        assertTrue(refused > ITERATIONS / 4, "only " + refused + " of " + ITERATIONS + " were refused");
    }

    @Test
    void aBiasOfAnotherLengthThanItsConvolutionIsRefused() {
        Map<String, Tensor> tensors = FormulaWeights.of("biggan_deep");
        String bias = tensors.keySet().stream()
                .filter(name -> name.endsWith("conv_1.bias"))
                .findFirst()
                .orElseThrow();
        tensors.put(bias, Tensor.zeros(Shape.of(3)));
        assertThrows(JobFailure.Rejected.class, () -> BigGanWeights.of(tensors, 1));
    }

    @Test
    void aWeightWithoutElementsIsRefused() {
        Map<String, Tensor> tensors = FormulaWeights.of("biggan_deep");
        String weight = tensors.keySet().stream()
                .filter(name -> name.endsWith("conv_1.weight_orig"))
                .findFirst()
                .orElseThrow();
        tensors.put(weight, Tensor.zeros(Shape.of(0, 3, 1, 1)));
        assertTrue(assertThrows(JobFailure.Rejected.class, () -> BigGanWeights.of(tensors, 1))
                .getMessage()
                .contains("is empty"));
    }

    private static boolean isRefused(Map<String, Tensor> tensors, Consumer<Source> importing, String what) {
        try {
            importing.accept(source(tensors));
            return false;
        } catch (JobFailure.Rejected refusal) {
            return true;
        } catch (RuntimeException other) {
            throw new AssertionError(what, other);
        }
    }

    private static Source source(Map<String, Tensor> tensors) {
        ByteBuffer file = ByteBuffer.wrap(SafetensorsFile.of(tensors, Map.of()).toBytes());
        return new Source(Path.of("distorted"), CheckpointReader.parse(file, "distorted"));
    }

    private static Map<String, Tensor> distorted(Map<String, Tensor> tensors, RandomGenerator random) {
        Map<String, Tensor> distorted = new TreeMap<>(tensors);
        List<String> names = new ArrayList<>(tensors.keySet());
        String name = names.get(random.nextInt(names.size()));
        Tensor tensor = tensors.get(name);
        distorted.remove(name);
        switch (random.nextInt(7)) {
            case 0 -> distorted.put(name + "0", tensor);
            case 1 ->
                distorted.put(
                        name, Tensor.of(tensor.shape(), new long[tensor.shape().elements()]));
            case 2 -> distorted.put(name, tensor.reshape(tensor.shape().elements()));
            case 3 -> distorted.put(name, Tensor.zeros(otherSize(tensor.shape(), random)));
            case 4 -> distorted.put(name, tensor.reshape(backwards(tensor.shape())));
            case 5 -> distorted.put(name, Tensor.of(tensor.shape(), tensor.toDoubles()));
            default -> {}
        }
        return distorted;
    }

    private static Shape otherSize(Shape shape, RandomGenerator random) {
        int[] sizes = shape.toArray();
        if (sizes.length > 0) {
            sizes[random.nextInt(sizes.length)] = random.nextInt(4);
        }
        return Shape.of(sizes);
    }

    private static int[] backwards(Shape shape) {
        int[] sizes = shape.toArray();
        for (int axis = 0; axis < sizes.length; axis++) {
            sizes[axis] = shape.size(sizes.length - 1 - axis);
        }
        return sizes;
    }
}
