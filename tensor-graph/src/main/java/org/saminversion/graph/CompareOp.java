package org.saminversion.graph;

import java.util.List;

/** Comparisons of two tensors, which broadcast; the result is BOOL. */
public enum CompareOp implements Op {
    GREATER("Greater"),
    LESS("Less"),
    EQUAL("Equal");

    private final String onnxType;

    CompareOp(String onnxType) {
        this.onnxType = onnxType;
    }

    @Override
    public ValueType infer(List<ValueType> inputs) {
        return new ValueType(
                ElementType.BOOL, inputs.get(0).shape().broadcast(inputs.get(1).shape()));
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
