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
 * The true error of every pixel in every candidate space: the photograph is inverted whole into each of them for a short while, and
 * compared with what came out (paper equation 1). This is the quantity that an invertibility network learns to predict.
 */
final class MeasuredErrors {
    /** Enough for the spaces to separate: the learning rate's whole ramp is run through. */
    static final int STEPS = 80;

    static final double LEARNING_RATE = 0.1;
    private static final int CHUNK = 10;

    private final EnginePrograms programs;
    private final EngineInputs inputs;
    private final List<LatentSpace> candidates;
    private final int steps;

    MeasuredErrors(EnginePrograms programs, EngineInputs inputs, List<LatentSpace> candidates, int steps) {
        this.programs = programs;
        this.inputs = inputs;
        this.candidates = candidates;
        this.steps = steps;
    }

    /**
     * All spaces of all photographs share one batch, photograph by photograph.
     *
     * @param targets [1,3,h,w] each
     * @return for each target per candidate space [height*width]
     */
    List<SortedMap<LatentSpace, float[]>> of(List<Tensor> targets, long seed, ProgressListener progress) {
        Run run = start(targets, seed);
        while (run.step() < run.steps()) {
            double loss = run.advance(CHUNK);
            progress.progressed(run.step(), run.steps(), loss);
        }
        return run.errors();
    }

    /** The same, a chunk at a time. */
    Run start(List<Tensor> targets, long seed) {
        int batch = targets.size() * candidates.size();
        return new Run(targets, seed, OptimisationState.start(inputs.start(batch)));
    }

    /** Goes on from the checkpoint of the same photograph and seed. */
    Run resume(Tensor target, long seed, byte[] checkpoint) {
        return new Run(List.of(target), seed, checkpoints().read(checkpoint));
    }

    private MeasuringCheckpoint checkpoints() {
        return new MeasuringCheckpoint(candidates, inputs.start(1), steps);
    }

    /** Inversions that are under way. */
    final class Run {
        private final List<Tensor> targets;
        private final long seed;
        private final OptimisationLoop loop;
        private final Map<String, Tensor> data;
        private OptimisationState state;

        private Run(List<Tensor> targets, long seed, OptimisationState state) {
            this.targets = targets;
            this.seed = seed;
            this.loop = programs.optimisation(
                    targets.size() * candidates.size(), LearningRateSchedule.ramp(LEARNING_RATE), LossWeights.RELEASED);
            this.data = data(targets, seed);
            this.state = state;
        }

        int step() {
            return state.step();
        }

        int steps() {
            return steps;
        }

        /** @return the mean loss of all inversions in the last of the steps */
        double advance(int stepsMax) {
            int chunk = Math.min(stepsMax, steps - state.step());
            OptimisationLoop.Outcome outcome = loop.run(state, data, chunk, steps);
            state = outcome.state();
            double[] reports = outcome.reports().toDoubles();
            int batch = targets.size() * candidates.size();
            int last = (chunk - 1) * reports.length / chunk;
            return Arrays.stream(reports, last, last + batch).sum() / batch;
        }

        /** Of a run of one photograph. */
        byte[] checkpoint() {
            return checkpoints().write(state);
        }

        /** For each target per candidate space [height*width]. @throws IllegalStateException before the last step */
        List<SortedMap<LatentSpace, float[]>> errors() {
            if (state.step() < steps) {
                throw new IllegalStateException("the inversions stand at step " + state.step() + " of " + steps);
            }
            List<SortedMap<LatentSpace, float[]>> errors = new ArrayList<>();
            for (int photograph = 0; photograph < targets.size(); photograph++) {
                errors.add(MeasuredErrors.this.errors(state, photograph, targets.get(photograph), seed));
            }
            return errors;
        }
    }

    private Map<String, Tensor> data(List<Tensor> targets, long seed) {
        Map<String, Tensor> data = new HashMap<>(inputs.noise(seed));
        data.put(
                InversionGraph.TARGET,
                TensorBatch.of(targets.stream()
                        .flatMap(target -> Collections.nCopies(candidates.size(), target).stream())
                        .toList()));
        for (LatentSpace space : inputs.spaces()) {
            List<Tensor> masks =
                    candidates.stream().map(candidate -> mask(space, candidate)).toList();
            data.put(
                    InversionGraph.mask(space),
                    TensorBatch.of(Collections.nCopies(targets.size(), masks).stream()
                            .flatMap(List::stream)
                            .toList()));
        }
        return data;
    }

    /** [1,1,r,r]: ones where the candidate is this space, zeros elsewhere. */
    private static Tensor mask(LatentSpace space, LatentSpace candidate) {
        return MaskSet.uniform(space, candidate.equals(space) ? 1 : 0);
    }

    private SortedMap<LatentSpace, float[]> errors(OptimisationState state, int photograph, Tensor target, long seed) {
        SortedMap<LatentSpace, RgbImage> reconstructions = new TreeMap<>();
        for (int i = 0; i < candidates.size(); i++) {
            Map<String, Tensor> one = new HashMap<>(inputs.noise(seed));
            one.putAll(
                    TensorBatch.item(state, photograph * candidates.size() + i).values());
            for (LatentSpace space : inputs.spaces()) {
                one.put(InversionGraph.mask(space), mask(space, candidates.get(i)));
            }
            Tensor image = programs.rendering().run(one).get(EnginePrograms.IMAGE);
            reconstructions.put(candidates.get(i), inputs.networks().layout().reduced(ImageTensors.toImage(image)));
        }
        return programs.errors(target, reconstructions);
    }
}
