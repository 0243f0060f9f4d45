package org.saminversion.inversion.training.invertibility;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.saminversion.graph.Graph;
import org.saminversion.graph.MomentumDescent;
import org.saminversion.graph.OptimisationLoop;
import org.saminversion.graph.OptimisationPlan;
import org.saminversion.graph.OptimisationState;
import org.saminversion.graph.PolynomialDecay;
import org.saminversion.graph.Program;
import org.saminversion.graph.RuntimeOptions;
import org.saminversion.graph.Tensor;
import org.saminversion.graph.Value;
import org.saminversion.graph.VariableGroup;
import org.saminversion.inversion.bundle.InvertibilityDescription;
import org.saminversion.inversion.network.layer.Layers;
import org.saminversion.inversion.network.layer.NamedTensors;
import org.saminversion.inversion.network.layer.TrainedParameters;
import org.saminversion.inversion.network.segmentation.InvertibilityNetwork;
import org.saminversion.inversion.space.LatentSpace;
import org.saminversion.inversion.training.SampleOrder;

/**
 * Trains the paper's network on from the weights that it has, as the released code does (spec baselines.md 7.3): the squared
 * difference of equation 2, momentum and the poly schedule, all but the backbone ten times as fast. Batches are half as large, and
 * there is no blur, since its targets would have to be computed anew in every step.
 */
final class DeepLabTask implements InvertibilityTask {
    private static final String BACKBONE = "base.backbone.";
    private static final int BATCH = 8;
    private static final double BACKBONE_RATE = 1e-4;
    private static final double RATE = 1e-3;
    private static final double POWER = 0.9;
    private static final MomentumDescent RULE = new MomentumDescent(0.9, 5e-4);

    private final NamedTensors network;
    private final SampleBatches training;
    private final ErrorSamples validation;
    private final List<LatentSpace> candidates;
    private final SampleOrder order;
    private final RuntimeOptions runtime;
    private final TrainedParameters parameters;
    private final OptimisationLoop loop;

    /**
     * @param network {@code base.} and the candidates' heads
     * @param validation other pictures than those of the training, at least one
     */
    DeepLabTask(
            NamedTensors network,
            ErrorSamples training,
            ErrorSamples validation,
            List<LatentSpace> candidates,
            long seed,
            RuntimeOptions runtime) {
        this.network = network;
        this.training = new SampleBatches(training, candidates, ones(candidates));
        this.validation = validation;
        this.candidates = List.copyOf(candidates);
        this.order = new SampleOrder(IntStream.range(0, training.size()).boxed().toList(), seed);
        this.runtime = runtime;
        Graph graph = new Graph();
        this.parameters = new TrainedParameters(graph);
        this.loop = OptimisationLoop.compile(graph, plan(graph), runtime);
    }

    private static SortedMap<LatentSpace, Double> ones(List<LatentSpace> candidates) {
        SortedMap<LatentSpace, Double> ones = new TreeMap<>();
        candidates.forEach(space -> ones.put(space, 1.0));
        return ones;
    }

    private OptimisationPlan plan(Graph graph) {
        SampleBatches.Sizes sizes = training.sizes();
        Value predicted = predicted(graph, Layers.trained(graph, network, parameters), BATCH);
        Value errors = graph.input(SampleBatches.ERRORS, BATCH, sizes.spaces(), sizes.height(), sizes.width());
        Value weights = graph.input(SampleBatches.WEIGHTS, BATCH, sizes.spaces(), 1, 1);
        Value loss = predicted.subtract(errors).square().multiply(weights).mean();
        return new OptimisationPlan(
                        loss,
                        List.of(loss),
                        List.of(
                                group(name -> name.contains(BACKBONE), BACKBONE_RATE),
                                group(name -> !name.contains(BACKBONE), RATE)),
                        SampleBatches.NAMES)
                .withTracked(parameters.tracked());
    }

    private VariableGroup group(Predicate<String> variable, double rate) {
        return new VariableGroup(
                parameters.variables().stream().filter(variable).toList(), new PolynomialDecay(rate, POWER), RULE);
    }

    /** [N,K,H,W] */
    private Value predicted(Graph graph, Layers layers, int batch) {
        SampleBatches.Sizes sizes = training.sizes();
        Value image = graph.input(SampleBatches.IMAGE, batch, 3, sizes.height(), sizes.width());
        SortedMap<LatentSpace, Value> errors =
                InvertibilityNetwork.stored(layers, candidates).errors(image);
        return Value.concatenate(1, candidates.stream().map(errors::get).toArray(Value[]::new));
    }

    @Override
    public InvertibilityDescription.Kind kind() {
        return InvertibilityDescription.Kind.DEEPLAB;
    }

    @Override
    public OptimisationLoop loop() {
        return loop;
    }

    @Override
    public OptimisationState start() {
        return OptimisationState.start(parameters.start(), parameters.trackedStart());
    }

    @Override
    public int batch() {
        return BATCH;
    }

    @Override
    public Map<String, Tensor> batches(int firstStep, int steps) {
        return training.flipped(order, firstStep, steps, BATCH);
    }

    /** The mean squared difference over the spaces that a picture was inverted into, and over pictures. */
    @Override
    public double validationLoss(Map<String, Tensor> values) {
        double sum = 0;
        int count = 0;
        try (Predictor predictor = predictor(values)) {
            for (int i = 0; i < validation.size(); i++) {
                List<float[]> predicted = predictor.of(validation, i);
                for (int k = 0; k < candidates.size(); k++) {
                    float[] truth = validation.errors().get(i).get(candidates.get(k));
                    if (truth != null) {
                        sum += meanSquare(predicted.get(k), truth);
                        count++;
                    }
                }
            }
        }
        return sum / count;
    }

    private static double meanSquare(float[] predicted, float[] truth) {
        double sum = 0;
        for (int i = 0; i < truth.length; i++) {
            sum += (double) (predicted[i] - truth[i]) * (predicted[i] - truth[i]);
        }
        return sum / truth.length;
    }

    /** With the running statistics in its normalisations. */
    @Override
    public Predictor predictor(Map<String, Tensor> values) {
        Graph graph = new Graph();
        Layers layers = new Layers(graph, new NamedTensors(network.network(), TrainedParameters.byName(values)));
        Program program = Program.compile(graph, Map.of(SampleBatches.ERRORS, predicted(graph, layers, 1)), runtime);
        return new Predictor() {
            @Override
            public List<float[]> of(ErrorSamples samples, int index) {
                Tensor image = training.with(samples).single(index).get(SampleBatches.IMAGE);
                Map<String, Tensor> errors = program.run(Map.of(SampleBatches.IMAGE, image));
                return training.sizes().planes(errors.get(SampleBatches.ERRORS).toFloats());
            }

            @Override
            public void close() {
                program.close();
            }
        };
    }

    @Override
    public Map<String, Tensor> finished(Map<String, Tensor> values, ErrorSamples samples) {
        return TrainedParameters.byName(values);
    }

    @Override
    public void close() {
        loop.close();
    }
}
