package org.saminversion.graph;

import java.util.List;

/** Operators that belong to no larger family. */
public sealed interface MiscellaneousOp extends Op {
    /** Matrix product over the last two axes; the others broadcast. Both inputs have rank 2 or more. */
    record MatrixProduct() implements MiscellaneousOp {
        @Override
        public ValueType infer(List<ValueType> inputs) {
            Shape a = inputs.get(0).shape();
            Shape b = inputs.get(1).shape();
            if (a.rank() < 2 || b.rank() < 2 || a.size(-1) != b.size(-2)) {
                throw new IllegalArgumentException("cannot multiply the matrices " + a + " and " + b);
            }
            Shape outer = leading(a).broadcast(leading(b));
            int[] sizes = java.util.Arrays.copyOf(outer.toArray(), outer.rank() + 2);
            sizes[outer.rank()] = a.size(-2);
            sizes[outer.rank() + 1] = b.size(-1);
            return new ValueType(inputs.get(0).element(), Shape.of(sizes));
        }

        private static Shape leading(Shape shape) {
            return Shape.of(java.util.Arrays.copyOf(shape.toArray(), shape.rank() - 2));
        }

        @Override
        public OnnxForm onnx() {
            return OnnxForm.of("MatMul");
        }
    }

    /** The same with each matrix of the second input transposed, which it is while it is read; an operator of ONNX Runtime's own. */
    record ProductWithTransposed() implements MiscellaneousOp {
        @Override
        public ValueType infer(List<ValueType> inputs) {
            int[] sizes = inputs.get(1).shape().toArray();
            int last = sizes.length - 1;
            int columns = sizes[last];
            sizes[last] = sizes[last - 1];
            sizes[last - 1] = columns;
            return new MatrixProduct()
                    .infer(List.of(inputs.get(0), new ValueType(inputs.get(1).element(), Shape.of(sizes))));
        }

        @Override
        public OnnxForm onnx() {
            return OnnxForm.ofRuntime("FusedMatMul").with("transB", 1L);
        }
    }

    /** The second input where the first (BOOL) holds, else the third. */
    record Where() implements MiscellaneousOp {
        @Override
        public ValueType infer(List<ValueType> inputs) {
            return new ValueType(
                    inputs.get(1).element(),
                    inputs.get(0)
                            .shape()
                            .broadcast(inputs.get(1).shape())
                            .broadcast(inputs.get(2).shape()));
        }

        @Override
        public OnnxForm onnx() {
            return OnnxForm.of("Where");
        }
    }

    /**
     * A table [N,R,...] with other values [N,k,...] in the rows that an index lists, INT64 [N,k,2]: item and row. Where the result may
     * be written over the table, nothing else is copied. Programs are made of it after differentiation.
     */
    record WithRows() implements MiscellaneousOp {
        @Override
        public ValueType infer(List<ValueType> inputs) {
            ValueType table = inputs.get(0);
            ValueType index = inputs.get(1);
            int[] replaced = table.shape().toArray();
            replaced[1] = index.shape().size(1);
            if (index.element() != ElementType.INT64
                    || !index.shape().equals(Shape.of(replaced[0], replaced[1], 2))
                    || !inputs.get(2).shape().equals(Shape.of(replaced))) {
                throw new IllegalArgumentException(
                        "cannot put " + inputs.get(2) + " into the rows " + index + " of " + table);
            }
            return table;
        }

        @Override
        public OnnxForm onnx() {
            return OnnxForm.of("ScatterND");
        }
    }

    /** Exponentials normalised to sum 1 along an axis. */
    record Softmax(int axis) implements MiscellaneousOp {
        @Override
        public ValueType infer(List<ValueType> inputs) {
            return inputs.get(0);
        }

        @Override
        public OnnxForm onnx() {
            return OnnxForm.of("Softmax").with("axis", (long) axis);
        }
    }
}
