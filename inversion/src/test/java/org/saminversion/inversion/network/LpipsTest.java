package org.saminversion.inversion.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.saminversion.graph.Gradients;
import org.saminversion.graph.Graph;
import org.saminversion.graph.Program;
import org.saminversion.graph.RuntimeOptions;
import org.saminversion.graph.Shape;
import org.saminversion.graph.Tensor;
import org.saminversion.graph.Value;
import org.saminversion.inversion.Goldens;
import org.saminversion.inversion.file.SafetensorsFile;

class LpipsTest {
    @Test
    void equalsTheReference() {
        SafetensorsFile golden = Goldens.read("lpips_vgg");
        Graph graph = new Graph();
        Value a = graph.input("a", 2, 3, 64, 64);
        Value b = graph.input("b", 2, 3, 64, 64);
        Lpips lpips = new Lpips(graph, FormulaVgg.weights());
        Value distance = lpips.distance(a, b);
        Map<String, Value> outputs = new LinkedHashMap<>();
        outputs.put("distance", distance.reshape(2));
        outputs.put("spatial", lpips.spatial(a, b));
        outputs.put("grad_a", Gradients.of(distance, List.of(a)).get(0));
        try (Program program = Program.compile(graph, outputs, RuntimeOptions.standard())) {
            Map<String, Tensor> results = program.run(Map.of("a", golden.tensor("a"), "b", golden.tensor("b")));
            for (int i = 0; i < 2; i++) {
                double expected = golden.tensor("distance").toDoubles()[i];
                assertEquals(
                        expected,
                        results.get("distance").toDoubles()[i],
                        Goldens.LOSS_TOLERANCE * expected,
                        "distance");
            }
            Goldens.assertClose("spatial", golden.tensor("spatial"), results.get("spatial"), Goldens.IMAGE_TOLERANCE);
            Goldens.assertGradient("a", golden.tensor("grad_a"), results.get("grad_a"));
        }
    }

    /** An image that no filter answers to has feature vectors of zeros, where PyTorch's gradient is NaN. */
    @Test
    void theGradientIsFiniteWhereAllFeaturesAreZero() {
        PerceptualWeights silent = new PerceptualWeights(
                List.of(new PerceptualWeights.Stage(
                        java.util.Optional.empty(),
                        List.of(new PerceptualLayer.Convolution(
                                Tensor.filled(Shape.of(4, 3, 3, 3), 1), Tensor.zeros(Shape.of(4)))))),
                java.util.Optional.empty(),
                false);
        Graph graph = new Graph();
        Value a = graph.input("a", 1, 3, 8, 8);
        Value distance = new Lpips(graph, silent).distance(a, graph.input("b", 1, 3, 8, 8));
        Value gradient = Gradients.of(distance, List.of(a)).get(0);
        try (Program program = Program.compile(graph, Map.of("g", gradient), RuntimeOptions.standard())) {
            Tensor result = program.run(Map.of(
                            "a", Tensor.filled(Shape.of(1, 3, 8, 8), -1), "b", Tensor.filled(Shape.of(1, 3, 8, 8), 1)))
                    .get("g");
            for (float value : result.toFloats()) {
                assertTrue(Float.isFinite(value));
            }
        }
    }
}
