package org.saminversion.graph;

import java.util.List;

/**
 * Reductions over axes. Reduced axes stay with size 1, so that results broadcast back.
 *
 * @param axes not negative, ascending
 */
public record ReduceOp(Kind kind, List<Integer> axes) implements Op {
    /** What is computed over the axes. */
    public enum Kind {
        SUM("ReduceSum"),
        MEAN("ReduceMean"),
        MAXIMUM("ReduceMax");

        private final String onnxType;

        Kind(String onnxType) {
            this.onnxType = onnxType;
        }
    }

    @Override
    public ValueType infer(List<ValueType> inputs) {
        int[] sizes = inputs.get(0).shape().toArray();
        for (int axis : axes) {
            if (axis < 0 || axis >= sizes.length) {
                throw new IllegalArgumentException("cannot reduce " + inputs.get(0) + " over axes " + axes);
            }
            sizes[axis] = 1;
        }
        return new ValueType(inputs.get(0).element(), Shape.of(sizes));
    }

    @Override
    public OnnxForm onnx() {
        OnnxForm form = OnnxForm.of(kind.onnxType).with("keepdims", 1L);
        // Opset 13 moved the axes of ReduceSum, and only of it, from an attribute to an input.
        return kind == Kind.SUM ? form.followedBy(OnnxForm.int64(axes)) : form.with("axes", OnnxForm.longs(axes));
    }

    @Override
    public String describe() {
        return kind.onnxType + axes;
    }
}
