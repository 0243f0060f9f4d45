package org.saminversion.inversion.engine;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.saminversion.graph.Adam;
import org.saminversion.graph.Graph;
import org.saminversion.graph.LearningRateSchedule;
import org.saminversion.graph.OptimisationLoop;
import org.saminversion.graph.OptimisationState;
import org.saminversion.graph.Shape;
import org.saminversion.graph.Tensor;
import org.saminversion.graph.Value;
import org.saminversion.inversion.bundle.ModelBundle;
import org.saminversion.inversion.edit.EditComposition;
import org.saminversion.inversion.failure.JobFailure;
import org.saminversion.inversion.latent.LatentCheck;
import org.saminversion.inversion.latent.Latents;
import org.saminversion.inversion.method.ImageFormation;
import org.saminversion.inversion.method.InversionGraph;
import org.saminversion.inversion.space.LatentSpace;
import org.saminversion.inversion.text.ClipNetwork;

/**
 * StyleCLIP's latent optimisation (spec edits.md 2): moves the style vectors of an inverted photograph until its picture fits a text,
 * and not farther than they must. The picture is that of an edit: segments in a feature space follow only in the layers after it.
 *
 * <p>The image encoder is read into the graph of the optimisation: there its gradients come from the same rules as all others, and
 * all steps are one program. ONNX Runtime itself has no gradients.
 */
public final class TextOptimisation {
    private static final String INITIAL = InversionGraph.WPLUS;
    private static final String EDITED = "edited";
    private static final String TEXT = "text";
    private static final int STEPS_AT_ONCE = 10;

    /**
     * How it is optimised.
     *
     * @param distanceWeight weight of the squared distance of all style vectors from where they began
     */
    public record Settings(int steps, double learningRate, double distanceWeight) {
        public static final int STEPS = 300;
        public static final double LEARNING_RATE = 0.1;
        public static final double DISTANCE_WEIGHT = 0.008;

        public Settings {
            if (steps < 1 || steps > InversionSettings.STEPS_MAX || !(learningRate > 0) || !(distanceWeight >= 0)) {
                throw new JobFailure.Rejected(
                        "parameter-out-of-range",
                        "an optimisation takes 1 to " + InversionSettings.STEPS_MAX
                                + " steps at a learning rate above 0 and with a weight of the distance of 0 or more, not "
                                + steps + " steps, " + learningRate + " and " + distanceWeight);
            }
        }
    }

    /**
     * What came of it.
     *
     * @param offsets [1,L,w_dim], what was added to the style vectors: a direction for this photograph
     * @param before cosine of picture and text at the start
     * @param after the same before the last step
     */
    public record Outcome(Tensor offsets, double before, double after) {}

    private final ModelBundle bundle;
    private final ClipNetwork clip;
    private final EngineOptions options;

    public TextOptimisation(ModelBundle bundle, ClipNetwork clip, EngineOptions options) {
        this.bundle = bundle;
        this.clip = clip;
        this.options = options;
    }

    /**
     * @param text what the picture is to show, such as {@code a smiling face}
     * @param progress hears of each step's loss; the distance of picture and text is 1 minus their cosine
     * @throws JobFailure.Rejected if the latents are of another bundle, or the text is too long
     * @throws JobFailure.Poisoned if the loss is no number any more
     */
    public Outcome run(Latents latents, String text, Settings settings, ProgressListener progress) {
        LatentCheck.requireFits(latents, bundle);
        BundleNetworks read = BundleNetworks.read(bundle, options);
        BundleNetworks tuned = latents.weightChanges().isEmpty() ? read : read.tuned(latents.weightChanges());
        BundleNetworks networks = latents.noise().isEmpty() ? tuned : tuned.withNoiseInputs();
        Map<String, Tensor> data = data(latents, text, networks);
        OptimisationState state = OptimisationState.start(Map.of(EDITED, latents.wplus()));
        double[] cosines = new double[settings.steps()];
        try (OptimisationLoop loop = compiled(latents, networks, settings)) {
            while (state.step() < settings.steps()) {
                int count = Math.min(STEPS_AT_ONCE, settings.steps() - state.step());
                OptimisationLoop.Outcome outcome = loop.run(state, data, count, settings.steps());
                double[] reports = outcome.reports().toDoubles();
                for (int i = 0; i < count; i++) {
                    if (!Double.isFinite(reports[2 * i])) {
                        throw new JobFailure.Poisoned("the loss became " + reports[2 * i] + " in step "
                                + (state.step() + i) + ": try a lower learning rate");
                    }
                    cosines[state.step() + i] = reports[2 * i + 1];
                }
                state = outcome.state();
                progress.progressed(state.step(), settings.steps(), reports[2 * (count - 1)]);
            }
        }
        return new Outcome(
                difference(state.values().get(EDITED), latents.wplus()), cosines[0], cosines[cosines.length - 1]);
    }

    private OptimisationLoop compiled(Latents latents, BundleNetworks networks, Settings settings) {
        Graph graph = new Graph();
        int[] codes = latents.wplus().shape().toArray();
        Value initial = graph.input(INITIAL, codes);
        Value edited = graph.input(EDITED, codes);
        Value image = new EditComposition(
                        networks.networks()
                                .generator()
                                .in(graph, networks.networks().noiseMode()),
                        formation(graph, latents),
                        options.rgbSkip())
                .image(initial, edited);
        Value vector = clip.ofImage(image, bundle.description().layout());
        Value cosine =
                vector.multiply(graph.input(TEXT, vector.shape().toArray())).sum();
        Value distance = edited.subtract(initial).square().sum();
        Value loss = cosine.like(1)
                .subtract(cosine.reshape(1))
                .add(distance.multiply(settings.distanceWeight()).reshape(1));
        return OptimisationLoop.compile(
                graph,
                List.of(EDITED),
                loss,
                List.of(loss, cosine),
                LearningRateSchedule.ramp(settings.learningRate()),
                Adam.STANDARD,
                options.runtime());
    }

    private static ImageFormation formation(Graph graph, Latents latents) {
        Map<LatentSpace, Value> deltas = new LinkedHashMap<>();
        Map<LatentSpace, Value> masks = new LinkedHashMap<>();
        latents.deltas().forEach((space, delta) -> {
            deltas.put(
                    space,
                    graph.input(InversionGraph.delta(space), delta.shape().toArray()));
            masks.put(
                    space,
                    graph.input(
                            InversionGraph.mask(space),
                            latents.masks().get(space).shape().toArray()));
        });
        return new ImageFormation(deltas, masks);
    }

    private Map<String, Tensor> data(Latents latents, String text, BundleNetworks networks) {
        double[] vector = clip.ofSentence(text);
        Map<String, Tensor> data = new HashMap<>(new EngineInputs(
                        networks.networks(), new TreeSet<>(latents.deltas().keySet()), networks.meanOfW())
                .rendering(latents));
        float[] floats = new float[vector.length];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = (float) vector[i];
        }
        data.put(TEXT, Tensor.of(Shape.of(1, floats.length), floats));
        return data;
    }

    private static Tensor difference(Tensor after, Tensor before) {
        float[] values = after.toFloats();
        float[] from = before.toFloats();
        for (int i = 0; i < values.length; i++) {
            values[i] -= from[i];
        }
        return Tensor.of(before.shape(), values);
    }
}
