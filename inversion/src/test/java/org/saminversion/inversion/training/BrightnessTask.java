package org.saminversion.inversion.training;

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
import org.saminversion.graph.Shape;
import org.saminversion.graph.Tensor;
import org.saminversion.graph.Value;
import org.saminversion.graph.VariableGroup;
import org.saminversion.inversion.network.encoder.CompactEncoder;
import org.saminversion.inversion.network.layer.Layers;
import org.saminversion.inversion.network.layer.NamedTensors;
import org.saminversion.inversion.network.layer.TrainedParameters;

/** An encoder learns the brightness of pictures of one colour. */
final class BrightnessTask implements TrainingTask {
    private static final int BATCH = 4;
    private static final int SIDE = 16;

    private final SampleOrder order =
            new SampleOrder(IntStream.range(0, 32).boxed().toList(), 5);
    private final TrainedParameters parameters;
    private final OptimisationLoop loop;
    private final double rate;

    BrightnessTask(double rate) {
        this.rate = rate;
        Graph graph = new Graph();
        parameters = new TrainedParameters(graph);
        Value loss = loss(graph, BATCH, Layers.trained(graph, tensors(), parameters));
        VariableGroup group = new VariableGroup(parameters.variables(), LearningRateSchedule.ramp(rate), Adam.STANDARD);
        loop = OptimisationLoop.compile(
                graph,
                new OptimisationPlan(loss, List.of(loss), List.of(group), Set.of("image", "code"))
                        .withGradientNormMax(1),
                RuntimeOptions.withThreads(1));
    }

    private static NamedTensors tensors() {
        SortedMap<String, Tensor> tensors = CompactEncoder.initial(SIDE, 1, 2, 3, 8, new SplittableRandom(1));
        return new NamedTensors("test", tensors);
    }

    private static Value loss(Graph graph, int batch, Layers layers) {
        Value image = graph.input("image", batch, 3, SIDE, SIDE);
        Value code = graph.input("code", batch, 2, 3);
        return new CompactEncoder(layers)
                .codes(image, 2)
                .subtract(code)
                .square()
                .mean();
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
        int[] samples = IntStream.range(firstStep * BATCH, (firstStep + steps) * BATCH)
                .map(order::at)
                .toArray();
        return Map.of(
                "image", filled(samples, 3 * SIDE * SIDE, Shape.of(steps, BATCH, 3, SIDE, SIDE)),
                "code", filled(samples, 6, Shape.of(steps, BATCH, 2, 3)));
    }

    private static Tensor filled(int[] samples, int each, Shape shape) {
        float[] values = new float[shape.elements()];
        for (int i = 0; i < values.length; i++) {
            values[i] = samples[i / each] / 16f - 1;
        }
        return Tensor.of(shape, values);
    }

    @Override
    public double validationLoss(Map<String, Tensor> values) {
        Graph graph = new Graph();
        Value loss = loss(graph, 3, new Layers(graph, new NamedTensors("test", TrainedParameters.byName(values))));
        try (Program program = Program.compile(graph, Map.of("loss", loss), RuntimeOptions.withThreads(1))) {
            int[] samples = {3, 11, 29};
            return program.run(Map.of(
                            "image", filled(samples, 3 * SIDE * SIDE, Shape.of(3, 3, SIDE, SIDE)),
                            "code", filled(samples, 6, Shape.of(3, 2, 3))))
                    .get("loss")
                    .toDoubles()[0];
        }
    }

    @Override
    public void close() {
        loop.close();
    }
}
