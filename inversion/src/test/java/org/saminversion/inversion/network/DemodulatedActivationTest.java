package org.saminversion.inversion.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.saminversion.graph.Gradients;
import org.saminversion.graph.Graph;
import org.saminversion.graph.Program;
import org.saminversion.graph.RuntimeOptions;
import org.saminversion.graph.Shape;
import org.saminversion.graph.Tensor;
import org.saminversion.graph.Value;

class DemodulatedActivationTest {
    private static final float SLOPE = 0.2f;
    private static final float ROUNDING = 1e-3f;

    /** With the gradients of the values, and of their products with scales. One noise for all images, and one for each, which is optimised with its image. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void valueAndGradientsAreThoseOfTheFormula(int noises) {
        Graph graph = new Graph();
        Value y = graph.input("y", 2, 3, 4, 5);
        Value d = graph.input("d", 2, 3, 1, 1);
        Value bias = graph.input("bias", 1, 3, 1, 1);
        Value noise = graph.input("noise", noises, 1, 4, 5);
        Value scales = graph.input("scales", 2, 3);
        Value weight = graph.input("weight", 2, 3, 4, 5);
        List<Value> variables = List.of(y, d, bias, noise, scales);
        Value unscaled = y.multiply(d).add(bias.add(noise)).leakyRelu(SLOPE);
        Value formula = unscaled.add(unscaled.multiply(scales.reshape(2, 3, 1, 1)));
        ScaledFeatures features = DemodulatedActivation.of(y, d, bias, Optional.of(noise), SLOPE);
        Value activated = features.values()
                .add(features.factor().multiply(features.scales(scales).reshape(2, 3, 1, 1)));
        Map<String, Value> outputs = new LinkedHashMap<>();
        outputs.put("formula", formula);
        outputs.put("activated", activated);
        List<Value> expected = Gradients.of(formula.multiply(weight), variables);
        List<Value> gradients = Gradients.of(activated.multiply(weight), variables);
        for (int i = 0; i < variables.size(); i++) {
            outputs.put("expected" + i, expected.get(i));
            outputs.put("gradient" + i, gradients.get(i));
        }
        SplittableRandom random = new SplittableRandom(1);
        Map<String, Tensor> inputs = new LinkedHashMap<>();
        graph.inputs().forEach((name, value) -> inputs.put(name, normal(random, value.shape())));
        try (Program program = Program.compile(graph, outputs, RuntimeOptions.withThreads(1))) {
            Map<String, Tensor> results = program.run(inputs);
            assertArrayEquals(
                    results.get("formula").toFloats(), results.get("activated").toFloats());
            for (int i = 0; i < variables.size(); i++) {
                assertArrayEquals(
                        results.get("expected" + i).toFloats(),
                        results.get("gradient" + i).toFloats(),
                        ROUNDING);
            }
        }
    }

    private static Tensor normal(SplittableRandom random, Shape shape) {
        float[] values = new float[shape.elements()];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return Tensor.of(shape, values);
    }
}
