package org.saminversion.inversion.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
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
import org.saminversion.inversion.failure.JobFailure;
import org.saminversion.inversion.file.SafetensorsFile;
import org.saminversion.inversion.network.encoder.CompactEncoder;
import org.saminversion.inversion.network.layer.Layers;
import org.saminversion.inversion.network.layer.NamedTensors;
import org.saminversion.inversion.network.layer.TrainedParameters;

class TrainingTest {
    private static final int BATCH = 4;
    private static final int SIDE = 16;
    private static final int STEPS = 24;

    /** An encoder learns the brightness of pictures of one colour. */
    private static final class Brightness implements TrainingTask {
        private final SampleOrder order =
                new SampleOrder(IntStream.range(0, 32).boxed().toList(), 5);
        private final TrainedParameters parameters;
        private final OptimisationLoop loop;
        private final double rate;

        Brightness(double rate) {
            this.rate = rate;
            Graph graph = new Graph();
            parameters = new TrainedParameters(graph);
            Value loss = loss(graph, BATCH, Layers.trained(graph, tensors(), parameters));
            VariableGroup group =
                    new VariableGroup(parameters.variables(), LearningRateSchedule.ramp(rate), Adam.STANDARD);
            loop = OptimisationLoop.compile(
                    graph,
                    new OptimisationPlan(loss, List.of(loss), List.of(group), java.util.Set.of("image", "code"))
                            .withGradientNormMax(1),
                    RuntimeOptions.withThreads(1));
        }

        private static NamedTensors tensors() {
            SortedMap<String, Tensor> tensors = CompactEncoder.initial(SIDE, 2, 3, 8, new SplittableRandom(1));
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

    private static Map<String, Tensor> train(Path folder, TrainingListener listener) {
        try (Brightness task = new Brightness(0.01)) {
            return new Training(task, new TrainingSettings(STEPS, 4, 8, 9), folder, Clock.systemUTC(), listener).run();
        }
    }

    @Test
    void learnsAndWritesALineForEachRun(@TempDir Path folder) {
        train(folder, entry -> {});
        List<TrainingLog.Entry> log = TrainingLog.read(folder.resolve(Training.LOG));
        assertEquals(STEPS / 4, log.size());
        assertTrue(log.get(5).loss() < 0.5 * log.get(0).loss(), log.toString());
        assertEquals(
                List.of(false, true, false, true, false, true),
                log.stream().map(entry -> entry.validationLoss().isPresent()).toList());
    }

    @Test
    void aKilledTrainingGoesOnToTheSameBits(@TempDir Path folder) {
        Map<String, Tensor> unbroken = train(folder.resolve("unbroken"), entry -> {});
        Path killed = folder.resolve("killed");
        for (int step : new int[] {4, 12, 20}) {
            assertThrows(
                    Killed.class,
                    () -> train(killed, entry -> {
                        if (entry.step() == step) {
                            throw new Killed();
                        }
                    }));
        }
        assertEquals(unbroken, train(killed, entry -> {}));
        assertEquals(
                SafetensorsFile.read(folder.resolve("unbroken/checkpoint.safetensors")),
                SafetensorsFile.read(killed.resolve("checkpoint.safetensors")));
        assertEquals(
                losses(folder.resolve("unbroken")), losses(killed), "the log has no step twice and none is missing");
    }

    private static final class Killed extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    private static List<Double> losses(Path folder) {
        List<Double> losses = new ArrayList<>();
        TrainingLog.read(folder.resolve(Training.LOG)).forEach(entry -> losses.add(entry.loss()));
        return losses;
    }

    @Test
    void stopsWhereTheLossIsNoNumberAndKeepsTheCheckpointBefore(@TempDir Path folder) {
        train(folder, entry -> {});
        SafetensorsFile before = SafetensorsFile.read(folder.resolve("checkpoint.safetensors"));
        try (Brightness task = new Brightness(1e30)) {
            Training longer =
                    new Training(task, new TrainingSettings(4 * STEPS, 4, 8, 9), folder, Clock.systemUTC(), e -> {});
            JobFailure.Poisoned stopped = assertThrows(JobFailure.Poisoned.class, longer::run);
            assertTrue(stopped.getMessage().contains("checkpoint of step 24"), stopped.getMessage());
            assertEquals(before, SafetensorsFile.read(folder.resolve("checkpoint.safetensors")));
        }
    }

    @Test
    void endsEarlyWhereNothingGetsBetter(@TempDir Path folder) {
        try (Brightness task = new Brightness(1e-12)) {
            new Training(task, new TrainingSettings(80, 4, 4, 2), folder, Clock.systemUTC(), e -> {}).run();
        }
        assertTrue(TrainingLog.read(folder.resolve(Training.LOG)).size() < 20);
    }

    @Test
    void refusesTheCheckpointOfAnotherNetwork(@TempDir Path folder) {
        SafetensorsFile.of(Map.of(), Map.of("step", "3")).write(folder.resolve("checkpoint.safetensors"));
        JobFailure.Rejected refused = assertThrows(JobFailure.Rejected.class, () -> train(folder, e -> {}));
        assertTrue(refused.getMessage().contains("another training"), refused.getMessage());
    }
}
