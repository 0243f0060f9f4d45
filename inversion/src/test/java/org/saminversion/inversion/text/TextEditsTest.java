package org.saminversion.inversion.text;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.saminversion.graph.Graph;
import org.saminversion.graph.Program;
import org.saminversion.graph.RuntimeOptions;
import org.saminversion.graph.Shape;
import org.saminversion.graph.Tensor;
import org.saminversion.graph.Value;
import org.saminversion.inversion.bundle.ClipDescription;
import org.saminversion.inversion.bundle.DirectionDescription;
import org.saminversion.inversion.bundle.ModelBundle;
import org.saminversion.inversion.checkpoint.GeneratorFiles;
import org.saminversion.inversion.checkpoint.PickleWriter;
import org.saminversion.inversion.direction.DirectionFamily;
import org.saminversion.inversion.engine.EditRequest;
import org.saminversion.inversion.engine.EngineOptions;
import org.saminversion.inversion.engine.ProgressListener;
import org.saminversion.inversion.engine.SamEngine;
import org.saminversion.inversion.engine.TextOptimisation;
import org.saminversion.inversion.failure.JobFailure;
import org.saminversion.inversion.file.SafetensorsFile;
import org.saminversion.inversion.image.Fit;
import org.saminversion.inversion.importing.BundleImport;
import org.saminversion.inversion.importing.ImportChoices;
import org.saminversion.inversion.latent.Latents;
import org.saminversion.inversion.network.BlockHook;
import org.saminversion.inversion.network.FormulaWeights;
import org.saminversion.inversion.network.NoiseMode;
import org.saminversion.inversion.network.StyleChannels;
import org.saminversion.inversion.network.StyleGan2Weights;
import org.saminversion.inversion.space.LayerRange;

/** StyleCLIP with a small random generator and a linear CLIP, against the same thing said in another way. */
class TextEditsTest {
    private static final int SIDE = 16;
    private static final RuntimeOptions ONE_THREAD = RuntimeOptions.withThreads(1);
    private static final EngineOptions OPTIONS = EngineOptions.standard().with(ONE_THREAD);
    private static final Map<String, Tensor> GENERATOR =
            GeneratorFiles.generator(new GeneratorFiles.Sizes(6, 5, 0, 2, 4, 4, 3), 1);
    private static final StyleGan2Weights WEIGHTS = new StyleGan2Weights(GENERATOR, OptionalDouble.empty());
    private static final int CHANNELS = 4 + 4 + 4 + 4 + 3;
    private static final RandomClip CLIP = RandomClip.of(SIDE, 4);

    @TempDir
    private Path folder;

    private ModelBundle bundle;

    @BeforeEach
    void aBundleWithAClip() throws IOException {
        CLIP.write(folder);
        Map<String, Tensor> trunk = Map.of(
                "stage0.conv0.weight", FormulaWeights.tensor("stage0.conv0.weight", Shape.of(4, 3, 3, 3)),
                "stage0.conv0.bias", Tensor.zeros(Shape.of(4)));
        Path generator = Files.write(
                folder.resolve("network.pkl"), GeneratorFiles.ada(new TreeMap<>(GENERATOR), PickleWriter.NONE));
        Path perceptual = Files.write(
                folder.resolve("trunk.bin"), SafetensorsFile.of(trunk, Map.of()).toBytes());
        run(generator, perceptual);
        BundleImport.Report report =
                run(folder.resolve("text.onnx"), folder.resolve("merges.txt"), folder.resolve("image.onnx"));
        assertEquals(List.of("CLIP of 16 pixels"), report.added());
        bundle = report.bundle();
    }

    @Test
    void theBundleSaysWhatItsClipTakes() {
        assertEquals(
                new ClipDescription(
                        "clip-image.onnx",
                        "clip-text.onnx",
                        "clip-vocabulary",
                        SIDE,
                        RandomClip.LENGTH,
                        Optional.empty()),
                bundle.description().clip().orElseThrow());
        assertTrue(assertThrows(JobFailure.Rejected.class, () -> run(folder.resolve("image.onnx")))
                .getMessage()
                .contains("name one file of each"));
    }

    @Test
    void channelsAreMovedByFiveDeviations() {
        int images = 2;
        ChannelEffects effects = measured(images);
        RandomStyles styles = RandomStyles.draw(
                WEIGHTS, SafetensorsFile.read(bundle.statisticsFile()).tensor("w_mean"), 100, images, 5, ONE_THREAD);
        StyleChannels channels = WEIGHTS.styleChannels();
        assertEquals(List.of(4, 4, 4, 4, 3), channels.channels());
        double[] directions = effects.directions().toDoubles();
        for (int row = 0; row < channels.rows(); row++) {
            int place = row * channels.width() + 1;
            double deviation = styles.statistics().deviation(place);
            assertEquals(deviation, effects.deviations().toDoubles()[place], 1e-5);
            double[] sum = new double[RandomClip.DIMENSIONS];
            for (int n = 0; n < images; n++) {
                double present = styles.channels().get(n)[place];
                double[] above = offset(styles, place, 5 * deviation - present);
                double[] below = offset(styles, place, -5 * deviation - present);
                double[] change = UnitVectors.normalised(UnitVectors.difference(
                        seen(styles.codes().get(n), above), seen(styles.codes().get(n), below)));
                for (int k = 0; k < sum.length; k++) {
                    sum[k] += change[k];
                }
            }
            double[] measured = Arrays.copyOfRange(directions, place * sum.length, (place + 1) * sum.length);
            // Where a channel does little, rounding in the pictures is a good part of it.
            assertArrayEquals(UnitVectors.normalised(sum), measured, 1e-2, "row " + row);
        }
        // The last row has three channels only.
        assertEquals(0, directions[directions.length - 1]);
    }

    @Test
    void aMeasurementThatWasStoppedGoesOnWithTheSameBits() {
        Path kept = folder.resolve("stopped");
        assertThrows(
                JobFailure.Cancelled.class,
                () -> measured(2, 5, kept, (done, total, loss) -> {
                    assertEquals(2 * CHANNELS, total);
                    if (done > CHANNELS + 6) {
                        throw new JobFailure.Cancelled("enough");
                    }
                }));
        List<Integer> left = new ArrayList<>();
        assertEquals(measured(2), measured(2, 5, kept, (done, total, loss) -> left.add(total - done)));
        assertTrue(left.size() > 1 && left.get(0) < CHANNELS - 6, left.toString());
        assertEquals(measured(3), measured(3, 5, kept, (done, total, loss) -> assertEquals(CHANNELS, total)));

        JobFailure.Rejected fewer =
                assertThrows(JobFailure.Rejected.class, () -> measured(2, 5, kept, ProgressListener.SILENT));
        assertTrue(fewer.getMessage().contains("in 3 images already"), fewer.getMessage());
        JobFailure.Rejected other =
                assertThrows(JobFailure.Rejected.class, () -> measured(3, 6, kept, ProgressListener.SILENT));
        assertTrue(other.getMessage().contains("choose another folder"), other.getMessage());
    }

    @Test
    void aTextMovesChannelsOfTheEditedPicture() {
        ModelBundle measured = measured(1).addTo(bundle);
        double[] change;
        try (ClipNetwork clip = ClipNetwork.open(measured, ONE_THREAD)) {
            change = clip.change("low", "lower");
        }
        LayerRange layers = new LayerRange(1, 3);
        TextDirection direction = TextDirection.of(ChannelEffects.of(measured), change, 0.05, layers);
        ModelBundle written = DirectionFamily.of(
                        "lower", layers, DirectionDescription.Space.STYLE_CHANNELS, 5, direction.offsets(), Map.of())
                .addTo(measured);

        try (SamEngine engine = SamEngine.open(written, OPTIONS)) {
            Latents latents = engine.sample(3, 0.7);
            Tensor edited = engine.generateEdited(latents, List.of(new EditRequest("lower", 3)));
            assertArrayEquals(rendered(latents.wplus(), direction.offsets(), 3).toFloats(), edited.toFloats(), 1e-4f);
            // Layers that the edit does not name stay.
            Tensor untouched =
                    engine.generateEdited(latents, List.of(new EditRequest("lower", 3, new LayerRange(4, 6))));
            assertArrayEquals(engine.generate(latents).toFloats(), untouched.toFloats(), 1e-5f);
        }
    }

    @Test
    void anOptimisationBringsAPictureNearerToAText() {
        try (SamEngine engine = SamEngine.open(bundle, OPTIONS);
                ClipNetwork clip = ClipNetwork.open(bundle, ONE_THREAD)) {
            Latents latents = engine.sample(3, 0.7);
            TextOptimisation optimisation = new TextOptimisation(bundle, clip, OPTIONS);
            TextOptimisation.Outcome near = optimisation.run(latents, "low", settings(0.008), ProgressListener.SILENT);

            double[] text = clip.ofSentence("low");
            assertArrayEquals(expectedText(), text, 1e-5);
            assertEquals(cosine(engine.generate(latents), text), near.before(), 1e-4);
            assertTrue(near.after() > near.before() + 0.1, near.before() + " to " + near.after());

            TextOptimisation.Outcome held = optimisation.run(latents, "low", settings(10), ProgressListener.SILENT);
            assertTrue(length(held.offsets()) < 0.5 * length(near.offsets()), "a larger weight holds it back");

            ModelBundle written = DirectionFamily.of("lowered", LayerRange.all(6), near.offsets(), Map.of())
                    .addTo(bundle);
            try (SamEngine again = SamEngine.open(written, OPTIONS)) {
                Tensor edited = again.generateEdited(latents, List.of(new EditRequest("lowered", 1)));
                assertEquals(near.after(), cosine(edited, text), 0.02);
            }
        }
    }

    private ChannelEffects measured(int images) {
        return measured(images, 5, folder.resolve("measured-" + images), ProgressListener.SILENT);
    }

    /** By a clock that goes a minute with every glance, so that all that was measured is kept. */
    private ChannelEffects measured(int images, long seed, Path kept, ProgressListener progress) {
        ChannelMeasurement.Extent extent = new ChannelMeasurement.Extent(images, 100, seed, 6);
        AtomicInteger minutes = new AtomicInteger();
        try (ClipNetwork clip = ClipNetwork.open(bundle, ONE_THREAD);
                ChannelMeasurement measurement = new ChannelMeasurement(bundle, clip, extent, OPTIONS)) {
            return measurement.measure(
                    kept, () -> Instant.EPOCH.plus(Duration.ofMinutes(minutes.getAndIncrement())), progress);
        }
    }

    private static TextOptimisation.Settings settings(double distanceWeight) {
        return new TextOptimisation.Settings(40, 0.1, distanceWeight);
    }

    /** "low" is one token between the marks of start and end. */
    private static double[] expectedText() {
        double[] tokens = CLIP.tokens().toDoubles();
        double[] sum = new double[RandomClip.DIMENSIONS];
        for (int token : new int[] {515, 513, 516}) {
            for (int k = 0; k < sum.length; k++) {
                sum[k] += tokens[token * sum.length + k];
            }
        }
        return UnitVectors.normalised(sum);
    }

    /** StyleCLIP's optimisation shows CLIP the image as it is. */
    private static double cosine(Tensor image, double[] text) {
        return UnitVectors.product(UnitVectors.normalised(vector(image.toDoubles())), text);
    }

    private static double[] offset(RandomStyles styles, int place, double fromMean) {
        double[] offsets = new double[styles.channels().get(0).length];
        offsets[place] = styles.statistics().mean(place) + fromMean;
        return offsets;
    }

    /** The vector of a picture whose channels are moved, prepared as CLIP prepares photographs. */
    private static double[] seen(float[] code, double[] offsets) {
        float[] floats = new float[offsets.length];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = (float) offsets[i];
        }
        Tensor moved = Tensor.of(WEIGHTS.styleChannels().shape(1), floats);
        double[] image = rendered(Tensor.of(Shape.of(1, 6, 5), code), moved, 1).toDoubles();
        double[] mean = {0.48145466, 0.4578275, 0.40821073};
        double[] deviation = {0.26862954, 0.26130258, 0.27577711};
        for (int i = 0; i < image.length; i++) {
            int channel = i / (SIDE * SIDE);
            double unit = (Math.max(-1, Math.min(1, image[i])) + 1) / 2;
            image[i] = (unit - mean[channel]) / deviation[channel];
        }
        return UnitVectors.normalised(vector(image));
    }

    private static double[] vector(double[] image) {
        double[] weights = CLIP.pictures().toDoubles();
        double[] vector = new double[RandomClip.DIMENSIONS];
        for (int i = 0; i < weights.length; i++) {
            vector[i / image.length] += weights[i] * image[i % image.length];
        }
        return vector;
    }

    /** What an offset of a channel does is what a larger bias of its affine map does. */
    private static Tensor rendered(Tensor wplus, Tensor offsets, double strength) {
        Map<String, Tensor> changed = new TreeMap<>(GENERATOR);
        StyleChannels channels = WEIGHTS.styleChannels();
        float[] moves = offsets.toFloats();
        for (int row = 0; row < channels.rows(); row++) {
            String name = StyleChannels.layer(row) + ".affine.bias";
            float[] bias = GENERATOR.get(name).toFloats();
            for (int channel = 0; channel < bias.length; channel++) {
                bias[channel] += (float) (strength * moves[row * channels.width() + channel]);
            }
            changed.put(name, Tensor.of(Shape.of(bias.length), bias));
        }
        Graph graph = new Graph();
        Value image = new StyleGan2Weights(changed, OptionalDouble.empty())
                .in(graph, NoiseMode.CONSTANT)
                .synthesis(graph.input("wplus", wplus.shape().toArray()), BlockHook.NONE);
        try (Program program = Program.compile(graph, Map.of("image", image), ONE_THREAD)) {
            return program.run(Map.of("wplus", wplus)).get("image");
        }
    }

    private static double length(Tensor offsets) {
        double[] values = offsets.toDoubles();
        return Math.sqrt(UnitVectors.product(values, values));
    }

    private BundleImport.Report run(Path... files) {
        return BundleImport.run(
                List.of(files),
                folder.resolve("mine"),
                new ImportChoices("mine", "tests", "none", 1000, 0, Fit.CENTRE_CROP, Optional.empty(), ONE_THREAD));
    }
}
