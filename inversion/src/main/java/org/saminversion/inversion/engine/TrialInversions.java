package org.saminversion.inversion.engine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.saminversion.graph.LearningRateSchedule;
import org.saminversion.graph.OptimisationLoop;
import org.saminversion.graph.OptimisationState;
import org.saminversion.graph.Tensor;
import org.saminversion.inversion.image.ImageTensors;
import org.saminversion.inversion.image.RgbImage;
import org.saminversion.inversion.invertibility.MaskSet;
import org.saminversion.inversion.method.InversionGraph;
import org.saminversion.inversion.objective.LossWeights;
import org.saminversion.inversion.space.LatentSpace;

/**
 * Inverts photographs whole into each candidate space for a short while, as measured maps do, but for many photographs at less cost: the
 * feature spaces go on from the style vectors that were found in W+, for fewer steps, or are left out.
 */
final class TrialInversions {
    private static final LearningRateSchedule STYLE_RATE = LearningRateSchedule.ramp(0.1);
    /** Half of the other: more would undo what the style vectors have reached, in so few steps. */
    private static final LearningRateSchedule FEATURE_RATE = LearningRateSchedule.ramp(0.05);

    private static final int CHUNK = 10;

    private final EnginePrograms programs;
    private final EngineInputs inputs;
    private final List<LatentSpace> features;
    private final TrialSteps steps;

    TrialInversions(EnginePrograms programs, EngineInputs inputs, TrialSteps steps) {
        this.programs = programs;
        this.inputs = inputs;
        this.features = List.copyOf(inputs.spaces());
        this.steps = steps;
    }

    /**
     * @param targets [1,3,h,w] each
     * @return for each target [height*width] per space, LPIPS error of the pixel
     */
    List<SortedMap<LatentSpace, float[]>> of(List<Tensor> targets, long seed, ProgressListener progress) {
        OptimisationState styles = styles(targets, seed, progress);
        return steps.features() == 0
                ? errors(targets, seed, styles, List.of(), styles)
                : errors(targets, seed, styles, features, features(targets, seed, styles, progress));
    }

    private OptimisationState styles(List<Tensor> targets, long seed, ProgressListener progress) {
        Tensor start = inputs.start(targets.size()).get(InversionGraph.WPLUS);
        return run(
                programs.styleOptimisation(targets.size(), STYLE_RATE, LossWeights.RELEASED),
                OptimisationState.start(Map.of(InversionGraph.WPLUS, start)),
                data(targets, seed),
                steps.styles(),
                (done, loss) -> progress.progressed(done, steps.total(), loss));
    }

    /** @return all feature spaces of all photographs in one batch, photograph by photograph */
    private OptimisationState features(
            List<Tensor> targets, long seed, OptimisationState styles, ProgressListener progress) {
        int batch = targets.size() * features.size();
        return run(
                programs.optimisation(batch, FEATURE_RATE, LossWeights.RELEASED),
                OptimisationState.start(featureStart(styles, targets.size())),
                featureData(targets, seed),
                steps.features(),
                (done, loss) -> progress.progressed(steps.styles() + done, steps.total(), loss));
    }

    private List<SortedMap<LatentSpace, float[]>> errors(
            List<Tensor> targets,
            long seed,
            OptimisationState styles,
            List<LatentSpace> tried,
            OptimisationState triedLatents) {
        List<SortedMap<LatentSpace, float[]>> errors = new ArrayList<>();
        for (int photograph = 0; photograph < targets.size(); photograph++) {
            SortedMap<LatentSpace, RgbImage> reconstructions = new TreeMap<>();
            reconstructions.put(
                    LatentSpace.W_PLUS, reconstruction(LatentSpace.W_PLUS, TensorBatch.item(styles, photograph), seed));
            for (int i = 0; i < tried.size(); i++) {
                OptimisationState latents = TensorBatch.item(triedLatents, photograph * tried.size() + i);
                reconstructions.put(tried.get(i), reconstruction(tried.get(i), latents, seed));
            }
            errors.add(programs.errors(targets.get(photograph), reconstructions));
        }
        return errors;
    }

    /** Is told the steps done of one part, and the mean loss of a photograph in a space. */
    private interface PartProgress {
        void progressed(int done, double loss);
    }

    private static OptimisationState run(
            OptimisationLoop loop,
            OptimisationState start,
            Map<String, Tensor> data,
            int steps,
            PartProgress progress) {
        OptimisationState state = start;
        while (state.step() < steps) {
            int chunk = Math.min(CHUNK, steps - state.step());
            OptimisationLoop.Outcome outcome = loop.run(state, data, chunk, steps);
            state = outcome.state();
            int batch = data.get(InversionGraph.TARGET).shape().size(0);
            double[] reports = outcome.reports().toDoubles();
            int last = (chunk - 1) * reports.length / chunk;
            double sum = Arrays.stream(reports, last, last + batch).sum();
            progress.progressed(state.step(), sum / batch);
        }
        return state;
    }

    private Map<String, Tensor> data(List<Tensor> targets, long seed) {
        Map<String, Tensor> data = new HashMap<>(inputs.noise(seed));
        data.put(InversionGraph.TARGET, TensorBatch.of(targets));
        return data;
    }

    private Map<String, Tensor> featureData(List<Tensor> targets, long seed) {
        Map<String, Tensor> data = data(repeated(targets), seed);
        for (LatentSpace space : features) {
            List<Tensor> masks =
                    features.stream().map(other -> mask(space, other)).toList();
            data.put(
                    InversionGraph.mask(space),
                    TensorBatch.of(Collections.nCopies(targets.size(), masks).stream()
                            .flatMap(List::stream)
                            .toList()));
        }
        return data;
    }

    private Map<String, Tensor> featureStart(OptimisationState styles, int photographs) {
        Map<String, Tensor> start = new HashMap<>(inputs.start(photographs * features.size()));
        List<Tensor> found = new ArrayList<>();
        for (int i = 0; i < photographs; i++) {
            found.add(TensorBatch.item(styles.values().get(InversionGraph.WPLUS), i));
        }
        start.put(InversionGraph.WPLUS, TensorBatch.of(repeated(found)));
        return start;
    }

    /** Each of them once for every feature space. */
    private List<Tensor> repeated(List<Tensor> ofPhotographs) {
        return ofPhotographs.stream()
                .flatMap(tensor -> Collections.nCopies(features.size(), tensor).stream())
                .toList();
    }

    /** [1,1,r,r]: ones where the candidate is this space, zeros elsewhere. */
    private static Tensor mask(LatentSpace space, LatentSpace candidate) {
        return MaskSet.uniform(space, candidate.equals(space) ? 1 : 0);
    }

    private RgbImage reconstruction(LatentSpace candidate, OptimisationState latents, long seed) {
        Map<String, Tensor> one = new HashMap<>(inputs.noise(seed));
        one.putAll(inputs.start(1));
        one.putAll(latents.values());
        features.forEach(space -> one.put(InversionGraph.mask(space), mask(space, candidate)));
        Tensor image = programs.rendering().run(one).get(EnginePrograms.IMAGE);
        return inputs.networks().layout().reduced(ImageTensors.toImage(image));
    }
}
