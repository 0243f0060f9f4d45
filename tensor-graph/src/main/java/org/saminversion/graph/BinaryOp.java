package org.saminversion.graph;

import java.util.List;

/** Arithmetic on two tensors of one element type, which broadcast against each other. */
public enum BinaryOp implements Op {
    ADD("Add"),
    SUBTRACT("Sub"),
    MULTIPLY("Mul"),
    DIVIDE("Div"),
    MAXIMUM("Max"),
    MINIMUM("Min"),
    /** The exponent must be a constant where a gradient is wanted. */
    POWER("Pow");

    private final String onnxType;

    BinaryOp(String onnxType) {
        this.onnxType = onnxType;
    }

    @Override
    public ValueType infer(List<ValueType> inputs) {
        ValueType a = inputs.get(0);
        ValueType b = inputs.get(1);
        if (a.element() != b.element()) {
            throw new IllegalArgumentException(onnxType + " needs equal element types, not " + a + " and " + b);
        }
        return new ValueType(a.element(), a.shape().broadcast(b.shape()));
    }

    @Override
    public OnnxForm onnx() {
        return OnnxForm.of(onnxType);
    }

    @Override
    public String describe() {
        return onnxType;
    }
}
