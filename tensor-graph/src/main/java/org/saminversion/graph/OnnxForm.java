package org.saminversion.graph;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * One ONNX node without its names.
 *
 * @param domain that of the operator, {@link #STANDARD} or {@link #RUNTIME}
 * @param type operator type
 * @param attributes each a Long, Float, String or List of Long
 * @param trailing constants that follow the node's own inputs (shapes, axes, bounds); an empty element leaves that input out
 */
record OnnxForm(String domain, String type, Map<String, Object> attributes, List<Trailing> trailing) {
    /** The operators of ONNX. */
    static final String STANDARD = "";
    /** Those that ONNX Runtime adds, all of version 1. */
    static final String RUNTIME = "com.microsoft";

    /** A constant input, or none at this position. */
    sealed interface Trailing {
        record Constant(Tensor tensor) implements Trailing {}

        record Absent() implements Trailing {}
    }

    static OnnxForm of(String type) {
        return new OnnxForm(STANDARD, type, Map.of(), List.of());
    }

    static OnnxForm ofRuntime(String type) {
        return new OnnxForm(RUNTIME, type, Map.of(), List.of());
    }

    OnnxForm with(String attribute, Object value) {
        Map<String, Object> more = new TreeMap<>(attributes);
        more.put(attribute, value);
        return new OnnxForm(domain, type, more, trailing);
    }

    OnnxForm followedBy(Tensor constant) {
        return followedBy(new Trailing.Constant(constant));
    }

    OnnxForm followedBy(Trailing next) {
        List<Trailing> more = new java.util.ArrayList<>(trailing);
        more.add(next);
        return new OnnxForm(domain, type, attributes, List.copyOf(more));
    }

    static Tensor int64(List<Integer> values) {
        return Tensor.of(
                Shape.of(values.size()),
                values.stream().mapToLong(Integer::longValue).toArray());
    }

    static List<Long> longs(List<Integer> values) {
        return values.stream().map(Integer::longValue).toList();
    }
}
