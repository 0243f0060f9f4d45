package org.saminversion.inversion.training.invertibility;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.saminversion.graph.RuntimeOptions;
import org.saminversion.graph.Shape;
import org.saminversion.graph.Tensor;
import org.saminversion.inversion.bundle.BundleWriter;
import org.saminversion.inversion.bundle.InvertibilityDescription;
import org.saminversion.inversion.bundle.ModelBundle;
import org.saminversion.inversion.engine.SamEngine;
import org.saminversion.inversion.file.SafetensorsFile;
import org.saminversion.inversion.space.LatentSpace;
import org.saminversion.inversion.training.Training;
import org.saminversion.inversion.training.TrainingListener;
import org.saminversion.inversion.training.TrainingLog;
import org.saminversion.inversion.training.TrainingSettings;

/** The paper's network, narrow and with random weights, trained on from a bundle's file. */
class DeepLabTrainingTest {
    private static final String FILE = "deeplab.safetensors";
    private static final String STATISTIC = "base.backbone.bn1.running_mean";
    private static final int NARROW = 4;

    @TempDir
    private Path folder;

    @Test
    void aBundlesNetworkIsTrainedOnAndAStoppedTrainingEndsWithTheSameWeights() throws IOException {
        ModelBundle trained = train(bundle("unbroken"), entry -> {});
        InvertibilityDescription description =
                trained.description().invertibility().orElseThrow();
        assertEquals(InvertibilityDescription.Kind.DEEPLAB, description.kind());
        assertEquals(FILE, description.file());
        List<TrainingLog.Entry> log =
                TrainingLog.read(folder.resolve("unbroken-work").resolve(Training.LOG));
        assertTrue(log.get(log.size() - 1).loss() < log.get(0).loss(), log::toString);
        Map<String, Tensor> tensors = SafetensorsFile.read(trained.file(FILE)).tensors();
        assertEquals(network().keySet(), tensors.keySet());
        assertNotEquals(network().get(STATISTIC), tensors.get(STATISTIC), "statistics run after the batches");

        ModelBundle broken = bundle("broken");
        assertThrows(
                IllegalStateException.class,
                () -> train(broken, entry -> {
                    if (entry.step() == 6) {
                        throw new IllegalStateException("killed");
                    }
                }));
        train(broken, entry -> {});
        assertArrayEquals(Files.readAllBytes(trained.file(FILE)), Files.readAllBytes(broken.file(FILE)));

        try (SamEngine engine = SamEngine.open(trained.folder())) {
            SortedMap<LatentSpace, float[]> errors =
                    engine.predictErrors(TwoBrightnesses.samples().pictures().get(0));
            assertEquals(trained.description().candidates(), List.copyOf(errors.keySet()));
        }
    }

    private static ModelBundle train(ModelBundle bundle, TrainingListener listener) {
        return new InvertibilityTraining(bundle, 1, RuntimeOptions.withThreads(1))
                .run(
                        TwoBrightnesses.samples(),
                        new TrainingSettings(12, 2, 4, 9),
                        bundle.folder().resolveSibling(bundle.folder().getFileName() + "-work"),
                        Clock.systemUTC(),
                        listener);
    }

    private ModelBundle bundle(String name) {
        ModelBundle shipped = TwoBrightnesses.bundle(folder.resolve(name));
        SafetensorsFile.of(network(), Map.of()).write(shipped.folder().resolve(FILE));
        return BundleWriter.write(
                shipped.folder(),
                shipped.description()
                        .withInvertibility(new InvertibilityDescription(
                                InvertibilityDescription.Kind.DEEPLAB, FILE, OptionalDouble.empty())));
    }

    /** All that spec networks.md 6 lists, with one block in each stage and a few channels. */
    private static SortedMap<String, Tensor> network() {
        Weights base = new Weights(new TreeMap<>(), new SplittableRandom(1));
        base.normalised("base.backbone.conv1", "base.backbone.bn1", NARROW, 3, 7);
        for (int stage = 1; stage <= 4; stage++) {
            String block = "base.backbone.layer" + stage + ".0.";
            base.normalised(block + "conv1", block + "bn1", NARROW, NARROW, 1);
            base.normalised(block + "conv2", block + "bn2", NARROW, NARROW, 3);
            base.normalised(block + "conv3", block + "bn3", NARROW, NARROW, 1);
            base.normalised(block + "downsample.0", block + "downsample.1", NARROW, NARROW, 1);
        }
        for (int branch = 1; branch <= 4; branch++) {
            String name = "base.aspp.aspp" + branch + ".";
            base.normalised(name + "atrous_conv", name + "bn", NARROW, NARROW, branch == 1 ? 1 : 3);
        }
        base.normalised("base.aspp.global_avg_pool.1", "base.aspp.global_avg_pool.2", NARROW, NARROW, 1);
        base.normalised("base.aspp.conv1", "base.aspp.bn1", NARROW, 5 * NARROW, 1);
        base.normalised("base.decoder.conv1", "base.decoder.bn1", NARROW, NARROW, 1);
        base.normalised("base.decoder.last_conv.0", "base.decoder.last_conv.1", NARROW, 2 * NARROW, 3);
        base.normalised("base.decoder.last_conv.4", "base.decoder.last_conv.5", NARROW, NARROW, 3);
        base.convolution("base.decoder.last_conv.8", NARROW, NARROW, 1);
        base.filled("base.decoder.last_conv.8.bias", NARROW, 0);
        for (String head : List.of("W+", "F2", "F4", "F6")) {
            base.normalised(head + ".m.0", head + ".m.1", NARROW, NARROW, 3);
            base.filled(head + ".m.0.bias", NARROW, 0);
            base.convolution(head + ".m.3", NARROW, 1, 1);
            base.filled(head + ".m.3.bias", 1, 0.5f);
        }
        return base.tensors();
    }

    private record Weights(SortedMap<String, Tensor> tensors, SplittableRandom random) {
        void convolution(String name, int first, int second, int kernel) {
            float[] values = new float[first * second * kernel * kernel];
            for (int i = 0; i < values.length; i++) {
                values[i] = (float) (random.nextGaussian() * Math.sqrt(2.0 / (second * kernel * kernel)));
            }
            tensors.put(name + ".weight", Tensor.of(Shape.of(first, second, kernel, kernel), values));
        }

        void filled(String name, int channels, float value) {
            tensors.put(name, Tensor.filled(Shape.of(channels), value));
        }

        void normalised(String convolution, String normalisation, int out, int in, int kernel) {
            convolution(convolution, out, in, kernel);
            filled(normalisation + ".weight", out, 1);
            filled(normalisation + ".bias", out, 0);
            filled(normalisation + ".running_mean", out, 0);
            filled(normalisation + ".running_var", out, 1);
        }
    }
}
