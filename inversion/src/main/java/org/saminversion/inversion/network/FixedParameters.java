package org.saminversion.inversion.network;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.saminversion.graph.Graph;
import org.saminversion.graph.Shape;
import org.saminversion.graph.Tensor;
import org.saminversion.graph.Value;

/** Parameters as constants, each once in the graph however often the generator is applied. ONNX Runtime packs constant weights. */
final class FixedParameters implements GeneratorParameters {
    private final Graph graph;
    private final StyleGan2Weights weights;
    private final Map<String, Value> made = new HashMap<>();

    FixedParameters(Graph graph, StyleGan2Weights weights) {
        this.graph = graph;
        this.weights = weights;
    }

    @Override
    public Value tensor(String name) {
        return constant(name, name, Function.identity());
    }

    @Override
    public Value transposed(String name, double scale) {
        return constant(name + " transposed, times " + (float) scale, name, matrix -> transposed(matrix, scale));
    }

    @Override
    public Value polyphase(String name) {
        return constant(name + ", polyphase", name, PolyphaseWeight::of);
    }

    @Override
    public Value reversed(String name) {
        return constant(name + ", reversed", name, ReversedWeight::of);
    }

    @Override
    public Value power(String name) {
        return constant(name + ", power", name, SquaredWeight::of);
    }

    @Override
    public Optional<Value> noiseStrength(String layer) {
        String name = layer + ".noise_strength";
        return weights.has(name) && weights.tensor(name).toFloats()[0] != 0
                ? Optional.of(tensor(name).reshape(1))
                : Optional.empty();
    }

    private Value constant(String label, String name, Function<Tensor, Tensor> form) {
        return made.computeIfAbsent(label, key -> graph.constant(key, form.apply(weights.tensor(name))));
    }

    private static Tensor transposed(Tensor matrix, double scale) {
        int rows = matrix.shape().size(0);
        int columns = matrix.shape().size(1);
        float[] from = matrix.toFloats();
        float[] to = new float[from.length];
        for (int r = 0; r < rows; r++) {
            for (int c = 0; c < columns; c++) {
                to[c * rows + r] = (float) (from[r * columns + c] * scale);
            }
        }
        return Tensor.of(Shape.of(columns, rows), to);
    }
}
