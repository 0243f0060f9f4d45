package org.saminversion.inversion.network.layer;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.saminversion.graph.Graph;
import org.saminversion.graph.Tensor;
import org.saminversion.graph.Value;

/**
 * The tensors of a network as inputs of the graph, named {@code weight.NAME}, so that a training can move them. Running statistics
 * of batch normalisations are tracked: each step replaces them, without gradients.
 */
public final class TrainedParameters {
    private static final String INPUT = "weight.";

    private final Graph graph;
    private final Map<String, Tensor> start = new LinkedHashMap<>();
    private final Map<String, Tensor> trackedStart = new LinkedHashMap<>();
    private final Map<String, Value> tracked = new LinkedHashMap<>();

    public TrainedParameters(Graph graph) {
        this.graph = graph;
    }

    Value value(String name, Tensor tensor) {
        start.put(INPUT + name, tensor);
        return input(INPUT + name, tensor);
    }

    /** A statistic's value before the step. */
    Value statistic(String name, Tensor tensor) {
        trackedStart.put(INPUT + name, tensor);
        return input(INPUT + name, tensor);
    }

    void track(String name, Value next) {
        tracked.put(INPUT + name, next);
    }

    private Value input(String name, Tensor tensor) {
        Value existing = graph.inputs().get(name);
        return existing == null ? graph.input(name, tensor.shape().toArray()) : existing;
    }

    /** Names of the inputs that gradients move. */
    public List<String> variables() {
        return List.copyOf(start.keySet());
    }

    /** What the variables start from, by input. */
    public Map<String, Tensor> start() {
        return Map.copyOf(start);
    }

    /** What the running statistics start from, by input. */
    public Map<String, Tensor> trackedStart() {
        return Map.copyOf(trackedStart);
    }

    /** The running statistics after a step, by input. */
    public Map<String, Value> tracked() {
        return Map.copyOf(tracked);
    }

    /** Trained values by the names that the network's file gives them. @param values by input */
    public static Map<String, Tensor> byName(Map<String, Tensor> values) {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        values.forEach((name, tensor) -> {
            if (name.startsWith(INPUT)) {
                tensors.put(name.substring(INPUT.length()), tensor);
            }
        });
        return tensors;
    }
}
