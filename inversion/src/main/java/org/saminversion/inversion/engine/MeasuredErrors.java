package org.saminversion.inversion.engine;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.saminversion.graph.OptimisationLoop;
import org.saminversion.graph.OptimisationState;
import org.saminversion.graph.Program;
import org.saminversion.graph.Shape;
import org.saminversion.graph.Tensor;
import org.saminversion.inversion.image.ImageTensors;
import org.saminversion.inversion.image.RgbImage;
import org.saminversion.inversion.method.InversionGraph;
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

    MeasuredErrors(EnginePrograms programs, EngineInputs inputs, List<LatentSpace> candidates) {
        this.programs = programs;
        this.inputs = inputs;
        this.candidates = candidates;
    }

    /** Per candidate space [height*width]; all spaces share one batch. @param target [1,3,h,w] */
    SortedMap<LatentSpace, float[]> of(Tensor target, long seed, ProgressListener progress) {
        int batch = candidates.size();
        OptimisationLoop loop = programs.optimisation(batch, LEARNING_RATE);
        Map<String, Tensor> data = new HashMap<>(inputs.noise(seed));
        Tensor targets = EngineInputs.repeated(target, batch);
        data.put(InversionGraph.TARGET, targets);
        inputs.spaces().forEach(space -> data.put(InversionGraph.mask(space), oneOf(batch, space)));
        OptimisationState state = OptimisationState.start(inputs.start(batch));
        while (state.step() < STEPS) {
            OptimisationLoop.Outcome outcome = loop.run(state, data, Math.min(CHUNK, STEPS - state.step()), STEPS);
            state = outcome.state();
            double[] reports = outcome.reports().toDoubles();
            double mean = Arrays.stream(reports, reports.length - reports.length / CHUNK, reports.length - 5 * batch)
                    .sum();
            progress.progressed(state.step(), STEPS, mean / batch);
        }
        return errors(state, targets, seed);
    }

    /** [N,1,r,r]: ones where the batch item is this space's, zeros elsewhere. */
    private Tensor oneOf(int batch, LatentSpace space) {
        int pixels = space.resolution() * space.resolution();
        float[] mask = new float[batch * pixels];
        int item = candidates.indexOf(space);
        Arrays.fill(mask, item * pixels, (item + 1) * pixels, 1);
        return Tensor.of(Shape.of(batch, 1, space.resolution(), space.resolution()), mask);
    }

    private SortedMap<LatentSpace, float[]> errors(OptimisationState state, Tensor targets, long seed) {
        int height = targets.shape().size(2);
        int width = targets.shape().size(3);
        float[] reconstructions = new float[targets.shape().elements()];
        for (int item = 0; item < candidates.size(); item++) {
            Map<String, Tensor> one = new HashMap<>(inputs.noise(seed));
            for (Map.Entry<String, Tensor> variable : state.values().entrySet()) {
                one.put(variable.getKey(), item(variable.getValue(), item));
            }
            for (LatentSpace space : inputs.spaces()) {
                one.put(InversionGraph.mask(space), item(oneOf(candidates.size(), space), item));
            }
            Tensor image = programs.rendering().run(one).get(EnginePrograms.IMAGE);
            RgbImage compared = inputs.networks().layout().reduced(ImageTensors.toImage(image));
            float[] pixels = ImageTensors.toTensor(compared).toFloats();
            System.arraycopy(pixels, 0, reconstructions, item * pixels.length, pixels.length);
        }
        Program comparing = programs.comparing(candidates.size());
        float[] all = comparing
                .run(Map.of(
                        InversionGraph.TARGET,
                        targets,
                        EnginePrograms.SECOND,
                        Tensor.of(targets.shape(), reconstructions)))
                .get(EnginePrograms.ERRORS)
                .toFloats();
        SortedMap<LatentSpace, float[]> errors = new TreeMap<>();
        for (int item = 0; item < candidates.size(); item++) {
            errors.put(
                    candidates.get(item), Arrays.copyOfRange(all, item * height * width, (item + 1) * height * width));
        }
        return errors;
    }

    private static Tensor item(Tensor batch, int item) {
        int[] sizes = batch.shape().toArray();
        int n = batch.shape().elements() / sizes[0];
        sizes[0] = 1;
        return Tensor.of(Shape.of(sizes), Arrays.copyOfRange(batch.toFloats(), item * n, (item + 1) * n));
    }
}
