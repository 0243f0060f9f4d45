package org.saminversion.bench;

import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.saminversion.graph.Adam;
import org.saminversion.graph.LearningRateSchedule;
import org.saminversion.graph.OptimisationLoop;
import org.saminversion.graph.OptimisationState;
import org.saminversion.graph.RuntimeOptions;
import org.saminversion.graph.Shape;
import org.saminversion.graph.Tensor;
import org.saminversion.inversion.method.InversionGraph;
import org.saminversion.inversion.objective.LossWeights;
import org.saminversion.inversion.space.LatentSpace;

/** The engine's optimisation of one layout, ready to be timed in blocks of steps. */
final class EngineSteps implements StepTimer {
    private static final double LEARNING_RATE = 0.05;
    private static final int STEPS_IN_ALL = 10_000;
    private static final long SEED = 0;

    private final OptimisationLoop loop;
    private final Map<String, Tensor> data;
    private final LongSupplier nanoClock;
    private final double compileSeconds;
    private OptimisationState state;

    EngineSteps(BenchmarkLayout layout, int batch, RuntimeOptions options, LongSupplier nanoClock) {
        this(layout, batch, options, nanoClock, stage -> {});
    }

    /** @param ended hears the name of each stage of the making */
    EngineSteps(
            BenchmarkLayout layout, int batch, RuntimeOptions options, LongSupplier nanoClock, Consumer<String> ended) {
        this.nanoClock = nanoClock;
        InversionGraph.Networks networks = layout.networks(SEED);
        ended.accept("weights");
        long start = nanoClock.getAsLong();
        InversionGraph graph = InversionGraph.build(networks, layout.spaceSet(), batch, LossWeights.RELEASED);
        this.loop = OptimisationLoop.compile(
                graph.graph(),
                graph.variables(),
                graph.objective().total(),
                graph.objective().reports(),
                LearningRateSchedule.ramp(LEARNING_RATE),
                Adam.STANDARD,
                options);
        this.compileSeconds = (nanoClock.getAsLong() - start) / 1e9;
        ended.accept("program");
        this.data = data(layout, batch);
        this.state = OptimisationState.start(variables(layout, batch));
    }

    private static Map<String, Tensor> data(BenchmarkLayout layout, int batch) {
        RandomGenerator random = new SplittableRandom(SEED + 1);
        Map<String, Tensor> data = new HashMap<>();
        int height = layout.image().targetHeight();
        int width = layout.image().targetWidth();
        data.put(InversionGraph.TARGET, BenchmarkLayout.normal(random, 0.4, batch, 3, height, width));
        for (LatentSpace space : layout.spaces()) {
            float[] mask = new float[batch * space.resolution() * space.resolution()];
            for (int i = 0; i < mask.length; i++) {
                mask[i] = random.nextDouble() > 0.75 ? 1 : 0;
            }
            data.put(
                    InversionGraph.mask(space),
                    Tensor.of(Shape.of(batch, 1, space.resolution(), space.resolution()), mask));
        }
        return data;
    }

    private static Map<String, Tensor> variables(BenchmarkLayout layout, int batch) {
        Map<String, Tensor> variables = new HashMap<>();
        variables.put(
                InversionGraph.WPLUS,
                BenchmarkLayout.normal(new SplittableRandom(SEED + 2), 1, batch, layout.styles(), layout.width()));
        for (LatentSpace space : layout.spaces()) {
            int r = space.resolution();
            variables.put(InversionGraph.delta(space), Tensor.zeros(Shape.of(batch, layout.channels(r), r, r)));
        }
        return variables;
    }

    /** Seconds that building and compiling the program took. */
    double compileSeconds() {
        return compileSeconds;
    }

    @Override
    public double secondsPerStep(int steps) {
        long start = nanoClock.getAsLong();
        state = loop.run(state, data, steps, STEPS_IN_ALL).state();
        return (nanoClock.getAsLong() - start) / 1e9 / steps;
    }

    @Override
    public void close() {
        loop.close();
    }
}
