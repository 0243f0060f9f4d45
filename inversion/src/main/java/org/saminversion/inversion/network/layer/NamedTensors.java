package org.saminversion.inversion.network.layer;

import java.util.Map;
import org.saminversion.graph.Shape;
import org.saminversion.graph.Tensor;
import org.saminversion.inversion.failure.JobFailure;

/**
 * The tensors of one network under their names in its checkpoint, seen from one part of it.
 *
 * @param network what the tensors are of, for messages, such as {@code e4e encoder}
 * @param tensors by full name
 * @param prefix the part that names are relative to, such as {@code body.3.}; empty for the whole
 */
public record NamedTensors(String network, Map<String, Tensor> tensors, String prefix) {
    public NamedTensors {
        tensors = Map.copyOf(tensors);
    }

    public NamedTensors(String network, Map<String, Tensor> tensors) {
        this(network, tensors, "");
    }

    /** The part whose names begin with {@code part} and a dot. */
    public NamedTensors under(String part) {
        return new NamedTensors(network, tensors, prefix + part + ".");
    }

    public boolean has(String name) {
        return tensors.containsKey(prefix + name);
    }

    /** How many of {@code before0after}, {@code before1after} and so on there are without a gap. */
    public int count(String before, String after) {
        int n = 0;
        while (has(before + n + after)) {
            n++;
        }
        return n;
    }

    /**
     * @return float32, with at least one element
     * @throws JobFailure.Rejected of kind {@code bundle-invalid} if there is no such tensor, or one of whole numbers
     */
    public Tensor tensor(String name) {
        Tensor tensor = tensors.get(prefix + name);
        if (tensor == null) {
            throw invalid("the tensor " + prefix + name + " is missing");
        }
        if (tensor.shape().elements() == 0) {
            throw invalid("the tensor " + prefix + name + " of the shape " + tensor.shape() + " is empty");
        }
        return switch (tensor.type()) {
            case FLOAT32 -> tensor;
            case FLOAT64 -> Tensor.of(tensor.shape(), tensor.toFloats());
            default ->
                throw invalid("the tensor " + prefix + name + " holds " + tensor.type() + ", no numbers with a point");
        };
    }

    /** @throws JobFailure.Rejected of kind {@code bundle-invalid} if there is no such tensor or it has another shape */
    public Tensor tensor(String name, int... sizes) {
        Tensor tensor = tensor(name);
        if (!tensor.shape().equals(Shape.of(sizes))) {
            throw invalid("the tensor " + prefix + name + " has the shape " + tensor.shape() + " where "
                    + Shape.of(sizes) + " fits");
        }
        return tensor;
    }

    /** The failure that says what is wrong with this network's tensors. */
    public JobFailure.Rejected invalid(String what) {
        return new JobFailure.Rejected("bundle-invalid", "this is not the network " + network + ": " + what);
    }
}
