package org.saminversion.inversion.training.invertibility;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.saminversion.graph.Adam;
import org.saminversion.graph.Graph;
import org.saminversion.graph.LearningRateSchedule;
import org.saminversion.graph.OptimisationLoop;
import org.saminversion.graph.OptimisationPlan;
import org.saminversion.graph.OptimisationState;
import org.saminversion.graph.Program;
import org.saminversion.graph.RuntimeOptions;
import org.saminversion.graph.Tensor;
import org.saminversion.graph.Value;
import org.saminversion.graph.VariableGroup;
import org.saminversion.inversion.network.Lpips;
import org.saminversion.inversion.network.PerceptualWeights;
import org.saminversion.inversion.network.layer.Layers;
import org.saminversion.inversion.network.layer.NamedTensors;
import org.saminversion.inversion.network.layer.TrainedParameters;
import org.saminversion.inversion.network.segmentation.CompactInvertibility;
import org.saminversion.inversion.space.LatentSpace;
import org.saminversion.inversion.training.Augmentation;
import org.saminversion.inversion.training.SampleOrder;
import org.saminversion.inversion.training.TrainingTask;

/**
 * Trains the compact invertibility network: the squared difference to the measured errors (paper equation 2), each space in units of how
 * much its errors vary about the mean map. So a loss of 1 is as good as the mean map, and 0 is perfect.
 */
final class InvertibilityTask implements TrainingTask {
    private static final String IMAGE = "image";
    private static final String ERRORS = "errors";
    private static final String WEIGHTS = "weights";
    private static final String LOSS = "loss";
    private static final int BATCH = 8;
    private static final double LEARNING_RATE = 0.003;
    private static final double GRADIENT_NORM_MAX = 1;

    private final SampleBatches training;
    private final SampleBatches validation;
    private final SampleOrder order;
    private final SortedMap<String, Tensor> initial;
    private final PerceptualWeights perceptual;
    private final Tensor meanMap;
    private final TrainedParameters parameters;
    private final OptimisationLoop loop;
    private final Program validating;

    /**
     * @param training with pictures in all candidate spaces among them
     * @param validation other pictures, at least one
     */
    InvertibilityTask(
            ErrorSamples training,
            ErrorSamples validation,
            List<LatentSpace> candidates,
            PerceptualWeights perceptual,
            long seed,
            RuntimeOptions runtime) {
        SortedMap<LatentSpace, float[]> means = training.meanMaps();
        SortedMap<LatentSpace, Double> variances = training.variances(means);
        this.perceptual = perceptual;
        this.meanMap = MeanMaps.tensor(candidates, means, training.pictures().get(0));
        this.training = new SampleBatches(training, candidates, variances);
        this.validation = new SampleBatches(validation, candidates, variances);
        this.order = new SampleOrder(IntStream.range(0, training.size()).boxed().toList(), seed);
        this.initial =
                CompactInvertibility.initial(perceptual.tapChannels(), candidates.size(), new SplittableRandom(seed));
        Graph graph = new Graph();
        this.parameters = new TrainedParameters(graph);
        Value loss = loss(graph, BATCH, parameters);
        this.loop = OptimisationLoop.compile(
                graph,
                new OptimisationPlan(
                                loss,
                                List.of(loss),
                                List.of(new VariableGroup(
                                        parameters.variables(),
                                        new LearningRateSchedule(LEARNING_RATE, 0.7, 0.05),
                                        Adam.STANDARD)),
                                Set.of(IMAGE, ERRORS, WEIGHTS))
                        .withGradientNormMax(GRADIENT_NORM_MAX),
                runtime);
        Graph one = new Graph();
        this.validating = Program.compile(one, Map.of(LOSS, loss(one, 1, new TrainedParameters(one))), runtime);
    }

    private Value loss(Graph graph, int batch, TrainedParameters moved) {
        SampleBatches.Sizes sizes = training.sizes();
        Value image = graph.input(IMAGE, batch, 3, sizes.height(), sizes.width());
        Value errors = graph.input(ERRORS, batch, sizes.spaces(), sizes.height(), sizes.width());
        Value weights = graph.input(WEIGHTS, batch, sizes.spaces(), 1, 1);
        Layers layers = Layers.trained(graph, new NamedTensors("compact invertibility", initial), moved);
        Value predicted = new CompactInvertibility(layers, new Lpips(graph, perceptual))
                .errors(image, graph.constant("mean", meanMap));
        return predicted.subtract(errors).square().multiply(weights).mean();
    }

    /** [1,K,H,W]: the mean errors of the training pictures. */
    Tensor meanMap() {
        return meanMap;
    }

    @Override
    public OptimisationLoop loop() {
        return loop;
    }

    @Override
    public OptimisationState start() {
        return OptimisationState.start(parameters.start());
    }

    @Override
    public int batch() {
        return BATCH;
    }

    /** Every picture is mirrored with probability 1/2. */
    @Override
    public Map<String, Tensor> batches(int firstStep, int steps) {
        int[] samples = new int[steps * BATCH];
        Augmentation[] augmentations = new Augmentation[samples.length];
        for (int i = 0; i < samples.length; i++) {
            long number = (long) firstStep * BATCH + i;
            samples[i] = order.at(number);
            augmentations[i] = Augmentation.flip(order.draws(number));
        }
        return training.stacked(samples, augmentations, steps, BATCH, IMAGE, ERRORS, WEIGHTS);
    }

    @Override
    public double validationLoss(Map<String, Tensor> values) {
        double sum = 0;
        for (int i = 0; i < validation.size(); i++) {
            Map<String, Tensor> inputs = new HashMap<>(values);
            inputs.putAll(validation.single(i, IMAGE, ERRORS, WEIGHTS));
            sum += validating.run(inputs).get(LOSS).toDoubles()[0];
        }
        return sum / validation.size();
    }

    @Override
    public void close() {
        loop.close();
        validating.close();
    }
}
