package org.saminversion.graph;

import java.util.Map;

/** Checks tensors that callers hand to a program. */
final class TensorTypes {
    private TensorTypes() {}

    static void require(Map<String, ValueType> expected, Map<String, Tensor> given) {
        if (!expected.keySet().equals(given.keySet())) {
            throw new IllegalArgumentException(
                    "the program takes the inputs " + expected.keySet() + ", but was given " + given.keySet());
        }
        expected.forEach((name, type) -> {
            Tensor tensor = given.get(name);
            if (tensor.type() != type.element() || !tensor.shape().equals(type.shape())) {
                throw new IllegalArgumentException("input " + name + " must be " + type + ", not " + tensor);
            }
        });
    }
}
