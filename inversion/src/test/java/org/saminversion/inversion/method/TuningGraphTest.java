package org.saminversion.inversion.method;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.saminversion.graph.Graph;
import org.saminversion.graph.OptimisationLoop;
import org.saminversion.graph.OptimisationState;
import org.saminversion.graph.Program;
import org.saminversion.graph.RuntimeOptions;
import org.saminversion.graph.Tensor;
import org.saminversion.graph.Value;
import org.saminversion.inversion.Goldens;
import org.saminversion.inversion.network.BlockHook;
import org.saminversion.inversion.network.NoiseMode;
import org.saminversion.inversion.network.StyleGan2;
import org.saminversion.inversion.network.VariableParameters;

/** Pivotal tuning: variable weights make the same image, the objective falls, and the locality point lies where it should. */
class TuningGraphTest {
    private static final int STEPS = 40;
    private final InversionGraph.Networks networks = SmallNetworks.random(4);
    private final Tensor pivot = SmallNetworks.normal(
            new SplittableRandom(5), 0.5, 1, networks.styleGan2().styles(), SmallNetworks.WIDTH);

    @Test
    void theGeneratorWithVariableWeightsIsTheGenerator() {
        Graph graph = new Graph();
        Value w = graph.input("w", pivot.shape().toArray());
        Value fixed = new StyleGan2(graph, networks.styleGan2(), NoiseMode.CONSTANT).synthesis(w, BlockHook.NONE);
        VariableParameters parameters = new VariableParameters(graph, networks.styleGan2());
        Value variable =
                new StyleGan2(graph, networks.styleGan2(), NoiseMode.CONSTANT, parameters).synthesis(w, BlockHook.NONE);
        Map<String, Tensor> inputs = new HashMap<>(TuningGraph.start(networks));
        inputs.put("w", pivot);
        try (Program program =
                Program.compile(graph, Map.of("fixed", fixed, "variable", variable), RuntimeOptions.withThreads(1))) {
            Map<String, Tensor> images = program.run(inputs);
            Goldens.assertClose("image", images.get("fixed"), images.get("variable"), 1e-4);
        }
    }

    @Test
    void theObjectiveFallsAndNoiseMapsStay() {
        TuningSettings settings = TuningSettings.of(new MethodSettings(Map.of("learning-rate", 0.01)));
        OptimisationLoop.Outcome outcome = run(settings);
        double[] reports = outcome.reports().toDoubles();
        int last = 6 * (STEPS - 1);
        assertTrue(reports[last] < 0.7 * reports[0], reports[0] + " to " + reports[last]);
        assertTrue(outcome.state().values().containsKey("weight.synthesis.b8.conv0.noise_strength"));
        assertTrue(outcome.state().values().keySet().stream().noneMatch(name -> name.contains("noise_const")));
        assertTrue(outcome.state().values().keySet().stream().noneMatch(name -> name.contains("mapping")));
    }

    /** A tuned generator that is held in place changes less elsewhere; in the first step nothing has changed yet. */
    @Test
    void localityStartsAtZeroAndThenCosts() {
        TuningSettings settings = TuningSettings.of(new MethodSettings(
                Map.of("learning-rate", 0.01, "locality-mse", 0.1, "locality-lpips", 0.1, "locality-radius", 0.5)));
        double[] reports = run(settings).reports().toDoubles();
        assertEquals(0, reports[5], 1e-6);
        assertEquals(reports[0], reports[1] + reports[2] + reports[5], 1e-4 * reports[0]);
        assertTrue(reports[6 * (STEPS - 1) + 5] > 1e-4, "locality costs " + reports[6 * (STEPS - 1) + 5]);
    }

    private OptimisationLoop.Outcome run(TuningSettings settings) {
        TuningGraph graph = TuningGraph.build(networks, networks.perceptual(), settings);
        SplittableRandom random = new SplittableRandom(6);
        Map<String, Tensor> data = new HashMap<>();
        data.put(InversionGraph.WPLUS, pivot);
        data.put(InversionGraph.TARGET, SmallNetworks.normal(random, 0.5, 1, 3, 16, 16));
        if (settings.isLocal()) {
            data.put(TuningGraph.Z, SmallNetworks.normal(random, 1, STEPS, 1, SmallNetworks.WIDTH));
        }
        try (OptimisationLoop loop =
                OptimisationLoop.compile(graph.graph(), graph.plan(), RuntimeOptions.withThreads(1))) {
            return loop.run(OptimisationState.start(TuningGraph.start(networks)), data, STEPS, STEPS);
        }
    }

    /** w_r = w_p + alpha (w_z - w_p) / |w_z - w_p|, the norm over all layers together, w_z truncated by psi. */
    @Test
    void theLocalityPointIsThatOfThePaper() {
        TuningSettings settings = TuningSettings.of(new MethodSettings(Map.of("locality-mse", 0.1)));
        Graph graph = new Graph();
        StyleGan2 generator = new StyleGan2(graph, networks.styleGan2(), NoiseMode.NONE);
        Value z = graph.input("z", 1, SmallNetworks.WIDTH);
        Value w = graph.input("w", pivot.shape().toArray());
        Map<String, Value> outputs =
                Map.of("near", TuningGraph.near(generator, z, w, settings), "mapped", generator.mapping(z));
        Tensor drawn = SmallNetworks.normal(new SplittableRandom(9), 1, 1, SmallNetworks.WIDTH);
        try (Program program = Program.compile(graph, outputs, RuntimeOptions.withThreads(1))) {
            Map<String, Tensor> results = program.run(Map.of("z", drawn, "w", pivot));
            double[] mapped = results.get("mapped").toDoubles();
            double[] mean = networks.styleGan2().tensors().get("mapping.w_avg").toDoubles();
            double[] from = pivot.toDoubles();
            double[] towards = new double[from.length];
            double squares = 0;
            for (int i = 0; i < from.length; i++) {
                int k = i % SmallNetworks.WIDTH;
                towards[i] = mean[k] + 0.5 * (mapped[k] - mean[k]) - from[i];
                squares += towards[i] * towards[i];
            }
            double[] near = results.get("near").toDoubles();
            for (int i = 0; i < from.length; i++) {
                assertEquals(from[i] + 30 * towards[i] / Math.sqrt(squares), near[i], 1e-4);
            }
        }
    }
}
