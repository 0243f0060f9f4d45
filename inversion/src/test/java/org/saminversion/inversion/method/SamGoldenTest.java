package org.saminversion.inversion.method;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.saminversion.graph.Adam;
import org.saminversion.graph.Gradients;
import org.saminversion.graph.LearningRateSchedule;
import org.saminversion.graph.OptimisationLoop;
import org.saminversion.graph.OptimisationState;
import org.saminversion.graph.Program;
import org.saminversion.graph.RuntimeOptions;
import org.saminversion.graph.Shape;
import org.saminversion.graph.Tensor;
import org.saminversion.graph.Value;
import org.saminversion.inversion.Goldens;
import org.saminversion.inversion.file.SafetensorsFile;
import org.saminversion.inversion.image.Fit;
import org.saminversion.inversion.image.ImageLayout;
import org.saminversion.inversion.network.FormulaVgg;
import org.saminversion.inversion.network.NoiseMode;
import org.saminversion.inversion.objective.Formulation;
import org.saminversion.inversion.objective.GaussianPrior;
import org.saminversion.inversion.objective.LossWeights;
import org.saminversion.inversion.objective.Objective;
import org.saminversion.inversion.space.LatentSpace;

/** One step and forty steps of SAM against the reference: every term, every gradient, every loss on the way. */
class SamGoldenTest {
    private static final List<LatentSpace> FEATURE_SPACES =
            Stream.of("F4", "F6", "F8", "F10").map(LatentSpace::parse).toList();
    private final SafetensorsFile square = Goldens.read("sam_loss_square");

    private InversionGraph graph(ImageLayout layout) {
        InversionGraph.Networks networks = new InversionGraph.Networks(
                Goldens.generator(),
                FormulaVgg.weights(),
                new GaussianPrior(square.tensor("mean_v"), square.tensor("inv_cov_v")),
                layout,
                NoiseMode.CONSTANT,
                Formulation.RELEASED,
                ClampGradient.ZERO);
        return InversionGraph.build(networks, new TreeSet<>(FEATURE_SPACES), 1, LossWeights.RELEASED);
    }

    private static Map<String, Tensor> masks() {
        SafetensorsFile refine = Goldens.read("refine_masks");
        Map<String, Tensor> masks = new HashMap<>();
        for (LatentSpace space : FEATURE_SPACES) {
            int r = space.resolution();
            masks.put(InversionGraph.mask(space), refine.tensor("mask_" + space).reshape(1, 1, r, r));
        }
        return masks;
    }

    private Map<String, Tensor> inputs(Tensor target) {
        Map<String, Tensor> inputs = new HashMap<>(masks());
        inputs.put(InversionGraph.WPLUS, square.tensor("latent_W+"));
        FEATURE_SPACES.forEach(space -> inputs.put(InversionGraph.delta(space), square.tensor("latent_" + space)));
        inputs.put(InversionGraph.TARGET, target);
        return inputs;
    }

    @Test
    void aSquareImage() {
        Map<String, Tensor> results = check(ImageLayout.square(256), square.tensor("target"), square);
        Goldens.assertClose("image", square.tensor("image"), results.get("image"), Goldens.IMAGE_TOLERANCE);
    }

    @Test
    void aLetterBoxedImage() {
        float[] whole = square.tensor("target").toFloats();
        float[] visible = new float[3 * 192 * 256];
        for (int channel = 0; channel < 3; channel++) {
            System.arraycopy(whole, (channel * 256 + 32) * 256, visible, channel * 192 * 256, 192 * 256);
        }
        check(
                new ImageLayout(Fit.CENTRE_CROP, 256, 256, 192, 256),
                Tensor.of(Shape.of(1, 3, 192, 256), visible),
                Goldens.read("sam_loss_letterbox"));
    }

    private Map<String, Tensor> check(ImageLayout layout, Tensor target, SafetensorsFile golden) {
        InversionGraph graph = graph(layout);
        Objective objective = graph.objective();
        Map<String, Value> outputs = new LinkedHashMap<>();
        outputs.put("loss_total", objective.total());
        outputs.put("loss_mse", objective.mse());
        outputs.put("loss_lpips", objective.lpips());
        outputs.put("loss_mvg", objective.gaussianPrior());
        outputs.put("loss_delta", objective.styleSpread());
        outputs.put("loss_frec", objective.featureNorm());
        List<Value> variables =
                graph.variables().stream().map(graph.graph().inputs()::get).toList();
        List<Value> gradients = Gradients.of(objective.total(), variables);
        outputs.put("grad_W+", gradients.get(0));
        for (int i = 0; i < FEATURE_SPACES.size(); i++) {
            outputs.put("grad_" + FEATURE_SPACES.get(i), gradients.get(i + 1));
        }
        outputs.put("image", graph.image());
        try (Program program = Program.compile(graph.graph(), outputs, RuntimeOptions.standard())) {
            Map<String, Tensor> results = program.run(inputs(target));
            results.forEach((name, tensor) -> {
                if (name.startsWith("loss_")) {
                    double expected = golden.tensor(name).toDoubles()[0];
                    assertEquals(expected, tensor.toDoubles()[0], Goldens.LOSS_TOLERANCE * Math.abs(expected), name);
                } else if (name.startsWith("grad_") && golden.tensors().containsKey(name)) {
                    Goldens.assertGradient(name, golden.tensor(name), tensor);
                }
            });
            return results;
        }
    }

    @Test
    void fortySteps() {
        SafetensorsFile golden = Goldens.read("sam_trajectory40");
        InversionGraph graph = graph(ImageLayout.square(256));
        Map<String, Tensor> start = new HashMap<>(Map.of(InversionGraph.WPLUS, square.tensor("init_wplus")));
        for (LatentSpace space : FEATURE_SPACES) {
            start.put(
                    InversionGraph.delta(space),
                    Tensor.zeros(square.tensor("latent_" + space).shape()));
        }
        Map<String, Tensor> data = new HashMap<>(masks());
        data.put(InversionGraph.TARGET, square.tensor("target"));
        try (OptimisationLoop loop = OptimisationLoop.compile(
                graph.graph(),
                graph.variables(),
                graph.objective().total(),
                graph.objective().reports(),
                LearningRateSchedule.ramp(0.05),
                Adam.STANDARD,
                RuntimeOptions.standard())) {
            OptimisationLoop.Outcome outcome = loop.run(OptimisationState.start(start), data, 40, 40);
            double[] expected = golden.tensor("history").toDoubles();
            double[] actual = outcome.reports().toDoubles();
            for (int i = 0; i < expected.length; i++) {
                assertEquals(
                        expected[i],
                        actual[i],
                        0.01 * Math.abs(expected[i]) + 1e-9,
                        "step " + i / 6 + " column " + i % 6);
            }
        }
    }
}
