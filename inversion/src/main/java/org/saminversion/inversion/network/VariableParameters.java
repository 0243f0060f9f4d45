package org.saminversion.inversion.network;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.saminversion.graph.Graph;
import org.saminversion.graph.Tensor;
import org.saminversion.graph.Value;

/**
 * Parameters of the synthesis network as inputs of the graph, so that an optimisation can move them (pivotal tuning, spec
 * baselines.md section 6). Buffers stay constants: the noise maps and the filters.
 */
public final class VariableParameters implements GeneratorParameters {
    private static final String SYNTHESIS = "synthesis.";
    private static final Set<String> BUFFERS = Set.of("noise_const", "resample_filter");
    private static final String INPUT = "weight.";

    private final Map<String, Value> values = new LinkedHashMap<>();

    public VariableParameters(Graph graph, StyleGan2Weights weights) {
        weights.tensors().forEach((name, tensor) -> {
            if (isTrained(name)) {
                values.put(name, graph.input(input(name), tensor.shape().toArray()));
            } else if (name.startsWith(SYNTHESIS)) {
                values.put(name, graph.constant(name, tensor));
            }
        });
    }

    /** Whether gradients reach a tensor of the checkpoint: the mapping network gets none, since its result is fixed. */
    private static boolean isTrained(String name) {
        return name.startsWith(SYNTHESIS) && !BUFFERS.contains(name.substring(name.lastIndexOf('.') + 1));
    }

    /** The parameters that are inputs, by their names in the checkpoint. */
    public static Map<String, Tensor> trained(StyleGan2Weights weights) {
        Map<String, Tensor> trained = new LinkedHashMap<>();
        new TreeSet<>(weights.tensors().keySet())
                .stream()
                        .filter(VariableParameters::isTrained)
                        .forEach(name -> trained.put(name, weights.tensor(name)));
        return trained;
    }

    /** The graph's input for a parameter. */
    public static String input(String name) {
        return INPUT + name;
    }

    @Override
    public Value tensor(String name) {
        return values.get(name);
    }

    @Override
    public Value transposed(String name, double scale) {
        return tensor(name).transpose(1, 0).multiply(scale);
    }

    @Override
    public Value polyphase(String name) {
        Value weight = tensor(name);
        int out = weight.shape().size(0);
        int in = weight.shape().size(1);
        Value phases = weight.reshape(out * in, 9)
                .matrixProduct(weight.graph().constant("polyphase", PolyphaseWeight.asMatrix()));
        return phases.reshape(out, in, 4, 9).transpose(2, 0, 1, 3).reshape(4 * out, in, 3, 3);
    }

    @Override
    public Value reversed(String name) {
        Value weight = tensor(name);
        int taps = weight.shape().size(2) * weight.shape().size(3);
        return weight.reshape(weight.shape().elements() / taps, taps)
                .matrixProduct(weight.graph().constant("reversal", ReversedWeight.asMatrix(taps)))
                .reshape(weight.shape().toArray());
    }

    @Override
    public Value power(String name) {
        Value weight = tensor(name);
        return weight.square()
                .sum(2, 3)
                .reshape(weight.shape().size(0), weight.shape().size(1))
                .transpose(1, 0);
    }

    @Override
    public Optional<Value> noiseStrength(String layer) {
        return Optional.ofNullable(values.get(layer + ".noise_strength")).map(strength -> strength.reshape(1));
    }

    /** Names of the trained parameters' inputs. */
    public static List<String> inputs(StyleGan2Weights weights) {
        return trained(weights).keySet().stream().map(VariableParameters::input).toList();
    }
}
