package org.saminversion.graph;

import java.util.List;

/** Operators without inputs: where values come from. */
public sealed interface Source extends Op {
    /** A tensor that the caller gives at each run. */
    record Input(String name, ValueType type) implements Source {
        @Override
        public ValueType infer(List<ValueType> inputs) {
            return type;
        }

        @Override
        public String describe() {
            return "Input " + name;
        }
    }

    /** A fixed tensor. Two constants are the same node when they hold the same tensor object, or few equal elements. */
    final class Constant implements Source {
        private static final int COMPARED_ELEMENTS_MAX = 16;
        private final String name;
        private final Tensor tensor;

        Constant(String name, Tensor tensor) {
            this.name = name;
            this.tensor = tensor;
        }

        public String name() {
            return name;
        }

        public Tensor tensor() {
            return tensor;
        }

        @Override
        public ValueType infer(List<ValueType> inputs) {
            return new ValueType(tensor.type(), tensor.shape());
        }

        private boolean small() {
            return tensor.shape().elements() <= COMPARED_ELEMENTS_MAX;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Constant constant
                    && (tensor == constant.tensor || small() && tensor.equals(constant.tensor));
        }

        @Override
        public int hashCode() {
            return small() ? tensor.hashCode() : System.identityHashCode(tensor);
        }

        @Override
        public String describe() {
            boolean scalar = tensor.shape().elements() == 1
                    && (tensor.type() == ElementType.FLOAT32 || tensor.type() == ElementType.FLOAT64);
            return scalar ? "Constant " + (float) tensor.toDoubles()[0] : "Constant " + name;
        }
    }

    @Override
    default OnnxForm onnx() {
        throw new IllegalStateException("a source is not an ONNX node: " + describe());
    }
}
