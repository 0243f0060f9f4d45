package org.saminversion.inversion.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.saminversion.graph.Graph;
import org.saminversion.graph.Program;
import org.saminversion.graph.RuntimeOptions;
import org.saminversion.graph.Shape;
import org.saminversion.graph.Tensor;
import org.saminversion.graph.Value;
import org.saminversion.inversion.Goldens;
import org.saminversion.inversion.failure.JobFailure;
import org.saminversion.inversion.file.SafetensorsFile;

class StyleGan2Test {
    @Test
    void equalsTheReference() {
        SafetensorsFile golden = Goldens.read("generator_forward");
        Graph graph = new Graph();
        StyleGan2 generator = new StyleGan2(graph, Goldens.generator(), NoiseMode.CONSTANT);
        Value w = generator.mapping(graph.input("z", 2, 64));
        Value first = w.slice(0, 0, 1).reshape(1, 1, 64).expand(Shape.of(1, 14, 64));
        Map<String, Value> outputs = new LinkedHashMap<>();
        outputs.put("image", generator.synthesis(first, (resolution, output) -> {
            if (resolution <= 64) {
                outputs.put("block" + resolution + ".x", output.features());
            }
            return output;
        }));
        outputs.put("w", w.reshape(2, 1, 64).expand(Shape.of(2, 14, 64)));
        outputs.put("w_psi0_5", generator.truncated(w, 0.5).reshape(2, 1, 64).expand(Shape.of(2, 14, 64)));
        try (Program program = Program.compile(graph, outputs, RuntimeOptions.standard())) {
            Map<String, Tensor> results = program.run(Map.of("z", golden.tensor("z")));
            results.forEach(
                    (name, tensor) -> Goldens.assertClose(name, golden.tensor(name), tensor, Goldens.IMAGE_TOLERANCE));
            assertEquals(8, results.size());
        }
    }

    @Test
    void randomNoiseOfTheConstantNoiseIsTheConstantNoise() {
        StyleGan2Weights weights = Goldens.generator();
        SafetensorsFile golden = Goldens.read("generator_forward");
        Graph graph = new Graph();
        Value image =
                new StyleGan2(graph, weights, NoiseMode.RANDOM).synthesis(graph.input("w", 1, 14, 64), BlockHook.NONE);
        Map<String, Tensor> inputs = new HashMap<>();
        StyleGan2.noiseInputs(weights)
                .forEach((name, shape) -> inputs.put(
                        name,
                        weights.tensor(name.substring("noise.".length()) + ".noise_const")
                                .reshape(shape.toArray())));
        inputs.put(
                "w",
                Tensor.of(
                        Shape.of(1, 14, 64),
                        java.util.Arrays.copyOf(golden.tensor("w").toFloats(), 14 * 64)));
        try (Program program = Program.compile(graph, Map.of("image", image), RuntimeOptions.standard())) {
            Goldens.assertClose(
                    "image", golden.tensor("image"), program.run(inputs).get("image"), Goldens.IMAGE_TOLERANCE);
        }
    }

    @Test
    void theClampBoundsEveryLayer() {
        StyleGan2Weights clamped = new StyleGan2Weights(Goldens.generator().tensors(), OptionalDouble.of(0.125));
        Graph graph = new Graph();
        Map<String, Value> outputs = new LinkedHashMap<>();
        new StyleGan2(graph, clamped, NoiseMode.NONE).synthesis(graph.input("w", 1, 14, 64), (resolution, output) -> {
            outputs.put("block" + resolution, output.features());
            return output;
        });
        try (Program program = Program.compile(graph, outputs, RuntimeOptions.standard())) {
            program.run(Map.of("w", Tensor.filled(Shape.of(1, 14, 64), 1))).forEach((name, tensor) -> {
                for (float value : tensor.toFloats()) {
                    assertTrue(Math.abs(value) <= 0.125f, name);
                }
            });
        }
    }

    @Test
    void namesWhatIsWrongWithItsTensors() {
        Map<String, Tensor> tensors = new HashMap<>(Goldens.generator().tensors());
        tensors.remove("synthesis.b16.torgb.bias");
        JobFailure.Rejected missing =
                assertThrows(JobFailure.Rejected.class, () -> new StyleGan2Weights(tensors, OptionalDouble.empty()));
        assertTrue(missing.getMessage().contains("synthesis.b16.torgb.bias"), missing.getMessage());
        tensors.put("synthesis.b16.torgb.bias", Tensor.zeros(Shape.of(4)));
        JobFailure.Rejected wrong =
                assertThrows(JobFailure.Rejected.class, () -> new StyleGan2Weights(tensors, OptionalDouble.empty()));
        assertTrue(wrong.getMessage().contains("[4]") && wrong.getMessage().contains("[3]"), wrong.getMessage());
    }
}
