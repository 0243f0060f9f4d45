package org.saminversion.inversion.importing;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.saminversion.graph.RuntimeOptions;
import org.saminversion.graph.Shape;
import org.saminversion.graph.Tensor;
import org.saminversion.inversion.bundle.BundleDescription;
import org.saminversion.inversion.bundle.BundleReader;
import org.saminversion.inversion.bundle.PerceptualDescription;
import org.saminversion.inversion.bundle.SegmenterDescription.Semantic;
import org.saminversion.inversion.checkpoint.GeneratorFiles;
import org.saminversion.inversion.checkpoint.PickleWriter;
import org.saminversion.inversion.checkpoint.TorchFiles;
import org.saminversion.inversion.engine.SamEngine;
import org.saminversion.inversion.engine.StyleSampler;
import org.saminversion.inversion.failure.JobFailure;
import org.saminversion.inversion.file.SafetensorsFile;
import org.saminversion.inversion.image.Fit;
import org.saminversion.inversion.network.FormulaWeights;
import org.saminversion.inversion.network.StyleGan2Weights;

class BundleImportTest {
    private static final GeneratorFiles.Sizes LABELLED = new GeneratorFiles.Sizes(6, 5, 3, 2, 4, 4, 3, 3);
    private static final Map<String, Tensor> GENERATOR = GeneratorFiles.generator(LABELLED, 1);

    @TempDir
    private Path folder;

    private Path generator;
    private Path trunk;
    private Path bundle;

    @BeforeEach
    void filesOfOthers() throws IOException {
        generator = write("network.pkl", GeneratorFiles.ada(new TreeMap<>(GENERATOR), PickleWriter.NONE));
        Map<String, Tensor> stages = Map.of(
                "stage0.conv0.weight", random(4, 3, 3, 3),
                "stage0.conv0.bias", random(4),
                "stage1.conv0.weight", random(4, 4, 3, 3),
                "stage1.conv0.bias", random(4));
        trunk = write("trunk.bin", SafetensorsFile.of(stages, Map.of()).toBytes());
        bundle = folder.resolve("mine");
    }

    @Test
    void aBundleFollowsFromAGeneratorAndAPerceptualNetwork() {
        BundleImport.Report report = BundleImport.run(List.of(trunk, generator), bundle, choices());

        assertEquals(List.of("generator of 32 pixels", "perceptual network trunk"), report.added());
        assertEquals(List.of(), report.warnings());
        BundleDescription description = report.bundle().description();
        assertEquals("mine", description.name());
        assertEquals("[W+, F2, F4]", description.candidates().toString());
        try (SamEngine engine = SamEngine.open(bundle)) {
            Tensor first = engine.generate(engine.sample(3, 1, OptionalInt.of(0)));
            Tensor other = engine.generate(engine.sample(3, 1, OptionalInt.of(2)));
            assertEquals(Shape.of(1, 3, 32, 32), first.shape());
            assertFalse(first.equals(other), "the class decides what is seen");
            assertRejected("parameter-out-of-range", "from 0 to 2", () -> engine.sample(3, 1, OptionalInt.of(3)));
        }
        assertNothingElse("mine");
    }

    @Test
    void statisticsAreThoseOfTheSamples() {
        SafetensorsFile statistics = SafetensorsFile.read(BundleImport.run(List.of(trunk, generator), bundle, choices())
                .bundle()
                .statisticsFile());

        double[] mean = new double[5];
        double[] product = new double[25];
        double[] meanOfV = new double[5];
        try (StyleSampler sampler = StyleSampler.of(
                new StyleGan2Weights(GENERATOR, java.util.OptionalDouble.empty()),
                1000,
                RuntimeOptions.withThreads(1))) {
            double[] w =
                    sampler.draw(new SplittableRandom(99), OptionalInt.empty()).toDoubles();
            for (int i = 0; i < w.length; i++) {
                mean[i % 5] += w[i] / 1000;
                meanOfV[i % 5] += Math.min(w[i], 5 * w[i]) / 1000;
            }
            for (int n = 0; n < 1000; n++) {
                for (int k = 0; k < 25; k++) {
                    product[k] += (w[5 * n + k / 5] - mean[k / 5]) * (w[5 * n + k % 5] - mean[k % 5]) / 999;
                }
            }
        }
        // Other samples of the same distribution: equal up to the error of a thousand of them.
        double[] covariance = statistics.tensor("w_covariance").toDoubles();
        double[] actual = statistics.tensor("w_mean").toDoubles();
        for (int i = 0; i < 5; i++) {
            double error = 6 * Math.sqrt(product[6 * i] / 1000);
            assertEquals(mean[i], actual[i], error);
            assertEquals(meanOfV[i], statistics.tensor("v_mean").toDoubles()[i], 5 * error);
            assertEquals(product[6 * i], covariance[6 * i], 0.4 * product[6 * i]);
        }
    }

    @Test
    void theSameFilesGiveTheSameBundle() {
        String first = BundleImport.run(List.of(generator, trunk), bundle, choices())
                .bundle()
                .sha256();
        String again = BundleImport.run(List.of(generator, trunk), folder.resolve("again"), choices())
                .bundle()
                .sha256();
        assertEquals(first, again);
    }

    @Test
    void aSegmenterIsAddedLater() throws IOException {
        BundleImport.run(List.of(generator, trunk), bundle, choices());
        Path faces = write("79999_iter.pth", TorchFiles.stateDictionary(FormulaWeights.of("segmenter_bisenet"), false));

        BundleImport.Report report = BundleImport.run(List.of(faces), bundle, choices());

        assertEquals(List.of("segmenter bisenet"), report.added());
        Semantic segmenter = (Semantic) report.bundle().description().segmenter();
        assertEquals(256, segmenter.inputWidth());
        assertEquals(3, segmenter.fusion().get(10));
        try (SamEngine engine = SamEngine.open(bundle)) {
            assertEquals(32, engine.render(engine.sample(1, 0.5)).width());
        }
        assertRejected(
                "import-refused", "has a segmenter already", () -> BundleImport.run(List.of(faces), bundle, choices()));
        assertNothingElse("mine");
    }

    @Test
    void alexNetBesideAnotherPerceptualNetworkIsForPivotalTuning() throws IOException {
        Map<String, Tensor> alex = new LinkedHashMap<>();
        convolution(alex, 0, 64, 3, 11);
        convolution(alex, 3, 192, 64, 5);
        convolution(alex, 6, 384, 192, 3);
        convolution(alex, 8, 256, 384, 3);
        convolution(alex, 10, 256, 256, 3);
        Map<String, Tensor> heads = new LinkedHashMap<>();
        int[] channels = {64, 192, 384, 256, 256};
        for (int k = 0; k < channels.length; k++) {
            heads.put("lin" + k + ".model.1.weight", Tensor.filled(Shape.of(1, channels[k], 1, 1), 0.1f));
        }
        Path body = write("alexnet.pth", TorchFiles.stateDictionary(alex, true));
        Path lin = write("alex.pth", TorchFiles.stateDictionary(heads, true));
        assertRejected(
                "import-refused",
                "name torchvision's file of ALEXNET",
                () -> BundleImport.run(List.of(generator, trunk, lin), bundle, choices()));

        BundleDescription description = BundleImport.run(List.of(generator, trunk, body, lin), bundle, choices())
                .bundle()
                .description();

        assertEquals("lpips-alex", description.perceptual().kind());
        assertEquals(
                PerceptualDescription.Trunk.KIND,
                description.tuningPerceptual().orElseThrow().kind());
    }

    @Test
    void whatDoesNotMakeUpABundleIsRefusedAndNothingIsLeft() throws IOException {
        Path latents = write(
                "codes.safetensors",
                SafetensorsFile.of(Map.of("a", random(3)), Map.of()).toBytes());
        Path cut = write("cut.pkl", java.util.Arrays.copyOf(Files.readAllBytes(generator), 5000));
        assertRejected("import-refused", "needs a perceptual network", () -> run(generator));
        assertRejected("import-refused", "needs a generator", () -> run(trunk));
        assertRejected("import-refused", "a bundle has no place for it", () -> run(generator, trunk, latents));
        assertRejected("import-refused", "name one of them", () -> run(generator, trunk, generator));
        assertRejected("file-invalid", "cut.pkl", () -> run(cut, trunk));
        assertRejected("file-invalid", "missing.pkl", () -> run(folder.resolve("missing.pkl"), trunk));
        assertFalse(Files.exists(bundle));
        assertNothingElse();
    }

    @Test
    void aBundleStaysAsItIsWhenAnExtensionFails() throws IOException {
        run(generator, trunk);
        byte[] before = Files.readAllBytes(bundle.resolve(BundleReader.DESCRIPTION_FILE));
        assertRejected("import-refused", "has a generator", () -> run(generator));
        assertRejected("import-refused", "perceptual network trunk already", () -> run(trunk));
        assertArrayEquals(before, Files.readAllBytes(bundle.resolve(BundleReader.DESCRIPTION_FILE)));
        assertNothingElse("mine");
    }

    private BundleImport.Report run(Path... files) {
        return BundleImport.run(List.of(files), bundle, choices());
    }

    private ImportChoices choices() {
        return new ImportChoices(
                "mine", "tests", "none", 1000, 0, Fit.CENTRE_CROP, Optional.empty(), RuntimeOptions.withThreads(1));
    }

    private static void convolution(Map<String, Tensor> tensors, int index, int out, int in, int kernel) {
        tensors.put("features." + index + ".weight", Tensor.filled(Shape.of(out, in, kernel, kernel), 0.01f));
        tensors.put("features." + index + ".bias", Tensor.zeros(Shape.of(out)));
    }

    private static Tensor random(int... sizes) {
        SplittableRandom random = new SplittableRandom(sizes.length);
        float[] values = new float[Shape.of(sizes).elements()];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (0.3 * random.nextGaussian());
        }
        return Tensor.of(Shape.of(sizes), values);
    }

    private Path write(String name, byte[] contents) throws IOException {
        return Files.write(folder.resolve(name), contents);
    }

    /** Beside the files that the test made there are only these folders. */
    private void assertNothingElse(String... folders) {
        try (Stream<Path> entries = Files.list(folder)) {
            assertEquals(
                    List.of(folders),
                    entries.filter(Files::isDirectory)
                            .map(entry -> entry.getFileName().toString())
                            .toList());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static void assertRejected(String kind, String complaint, org.junit.jupiter.api.function.Executable run) {
        JobFailure.Rejected failure = assertThrows(JobFailure.Rejected.class, run);
        assertTrue(failure.getMessage().contains(complaint), failure.getMessage());
        assertEquals(kind, failure.kind());
    }
}
