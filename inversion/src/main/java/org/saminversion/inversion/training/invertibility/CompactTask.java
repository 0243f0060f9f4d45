package org.saminversion.inversion.training.invertibility;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
import org.saminversion.graph.Shape;
import org.saminversion.graph.Tensor;
import org.saminversion.graph.Value;
import org.saminversion.graph.VariableGroup;
import org.saminversion.inversion.bundle.InvertibilityDescription;
import org.saminversion.inversion.network.Lpips;
import org.saminversion.inversion.network.PerceptualWeights;
import org.saminversion.inversion.network.layer.Layers;
import org.saminversion.inversion.network.layer.NamedTensors;
import org.saminversion.inversion.network.layer.TrainedParameters;
import org.saminversion.inversion.network.segmentation.CompactInvertibility;
import org.saminversion.inversion.space.LatentSpace;
import org.saminversion.inversion.training.SampleOrder;

/**
 * Trains the compact invertibility network: the squared difference to the measured errors as in paper equation 2, but of logarithms, since
 * a few pixels with errors far above all others would decide everything otherwise; each space in units of how much its errors vary about
 * the mean map. So a loss of 1 is as good as the mean map, and 0 is perfect.
 */
final class CompactTask implements InvertibilityTask {
    private static final String LOSS = "loss";
    private static final String PREDICTED = "predicted";
    private static final int BATCH = 8;
    private static final double LEARNING_RATE = 0.003;
    private static final double GRADIENT_NORM_MAX = 1;

    private final SampleBatches training;
    private final SampleBatches validation;
    private final SampleOrder order;
    private final List<LatentSpace> candidates;
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
    CompactTask(
            ErrorSamples training,
            ErrorSamples validation,
            List<LatentSpace> candidates,
            PerceptualWeights perceptual,
            long seed,
            RuntimeOptions runtime) {
        SortedMap<LatentSpace, float[]> means = training.meanMaps();
        SortedMap<LatentSpace, Double> variances = training.variances(means);
        this.candidates = List.copyOf(candidates);
        this.perceptual = perceptual;
        this.meanMap = MeanMaps.tensor(candidates, means, training.pictures().get(0));
        this.training = new SampleBatches(training, candidates, variances);
        this.validation = new SampleBatches(validation, candidates, variances);
        this.order = new SampleOrder(IntStream.range(0, training.size()).boxed().toList(), seed);
        this.initial =
                CompactInvertibility.initial(perceptual.tapChannels(), candidates.size(), new SplittableRandom(seed));
        Graph graph = new Graph();
        this.parameters = new TrainedParameters(graph);
        Value loss = loss(predicted(graph, BATCH, parameters));
        this.loop = OptimisationLoop.compile(
                graph,
                new OptimisationPlan(
                                loss,
                                List.of(loss),
                                List.of(new VariableGroup(
                                        parameters.variables(),
                                        new LearningRateSchedule(LEARNING_RATE, 0.7, 0.05),
                                        Adam.STANDARD)),
                                SampleBatches.NAMES)
                        .withGradientNormMax(GRADIENT_NORM_MAX),
                runtime);
        Graph one = new Graph();
        Value predicted = predicted(one, 1, new TrainedParameters(one));
        this.validating = Program.compile(one, Map.of(LOSS, loss(predicted), PREDICTED, predicted), runtime);
    }

    private Value predicted(Graph graph, int batch, TrainedParameters moved) {
        SampleBatches.Sizes sizes = training.sizes();
        Value image = graph.input(SampleBatches.IMAGE, batch, 3, sizes.height(), sizes.width());
        Layers layers = Layers.trained(graph, new NamedTensors("compact invertibility", initial), moved);
        return new CompactInvertibility(layers, new Lpips(graph, perceptual))
                .errors(image, graph.constant("mean", meanMap));
    }

    private static Value loss(Value predicted) {
        Shape shape = predicted.shape();
        Graph graph = predicted.graph();
        Value errors = graph.input(SampleBatches.ERRORS, shape.size(0), shape.size(1), shape.size(2), shape.size(3));
        Value weights = graph.input(SampleBatches.WEIGHTS, shape.size(0), shape.size(1), 1, 1);
        return logarithm(predicted)
                .subtract(logarithm(errors))
                .square()
                .multiply(weights)
                .mean();
    }

    private static Value logarithm(Value errors) {
        return errors.add(ErrorSamples.NEGLIGIBLE).logarithm();
    }

    @Override
    public InvertibilityDescription.Kind kind() {
        return InvertibilityDescription.Kind.COMPACT;
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

    @Override
    public Map<String, Tensor> batches(int firstStep, int steps) {
        return training.flipped(order, firstStep, steps, BATCH);
    }

    @Override
    public double validationLoss(Map<String, Tensor> values) {
        double sum = 0;
        for (int i = 0; i < validation.size(); i++) {
            Map<String, Tensor> inputs = new HashMap<>(values);
            inputs.putAll(validation.single(i));
            sum += validating.run(inputs).get(LOSS).toDoubles()[0];
        }
        return sum / validation.size();
    }

    /** The program takes the values with each picture, so that there is nothing to close. */
    @Override
    public Predictor predictor(Map<String, Tensor> values) {
        return new Predictor() {
            @Override
            public List<float[]> of(ErrorSamples samples, int index) {
                return predictions(values, samples, index);
            }

            @Override
            public void close() {}
        };
    }

    private List<float[]> predictions(Map<String, Tensor> values, ErrorSamples samples, int index) {
        SampleBatches batches = training.with(samples);
        Map<String, Tensor> inputs = new HashMap<>(values);
        inputs.putAll(batches.single(index));
        float[] all = validating.run(inputs).get(PREDICTED).toFloats();
        return batches.sizes().planes(all);
    }

    /** Calibrated, with the mean map of the training pictures. */
    @Override
    public Map<String, Tensor> finished(Map<String, Tensor> values, ErrorSamples samples) {
        Calibration calibration = Calibration.of(samples, candidates, i -> predictions(values, samples, i));
        Map<String, Tensor> tensors = new LinkedHashMap<>(calibration.applied(TrainedParameters.byName(values)));
        tensors.put(CompactInvertibility.MEAN, meanMap);
        return tensors;
    }

    @Override
    public void close() {
        loop.close();
        validating.close();
    }
}
