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

    /**
     * A fixed tensor that ONNX Runtime reads where it is, at each run, instead of keeping copies of it: for large ones that none of
     * its kernels rearranges. Two are the same node when they hold the same tensor object.
     */
    final class Lent implements Source {
        private final String name;
        private final Tensor tensor;

        Lent(String name, Tensor tensor) {
            this.name = name;
            this.tensor = tensor;
        }

        Tensor tensor() {
            return tensor;
        }

        @Override
        public ValueType infer(List<ValueType> inputs) {
            return new ValueType(tensor.type(), tensor.shape());
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Lent lent && tensor == lent.tensor;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(tensor);
        }

        @Override
        public String describe() {
            return "Lent " + name;
        }
    }

    /** What is the same in every run and part of the model. */
    sealed interface Fixed extends Source permits Constant, FlippedWeight {
        /** Its numbers; those of a {@link FlippedWeight} are made anew at each call. */
        Tensor tensor();
    }

    /** A fixed tensor. Two constants are the same node when they hold the same tensor object, or few equal elements. */
    final class Constant implements Fixed {
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

        @Override
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

    /**
     * A constant weight [O, I/g, k, k] as the gradient of its convolution needs it, [I, O/g, k, k] with both spatial axes reversed.
     * It takes no memory until it is written, and none where {@link FastConvolutions} needs the original only.
     */
    final class FlippedWeight implements Fixed {
        private final Tensor original;
        private final int groups;

        FlippedWeight(Tensor original, int groups) {
            this.original = original;
            this.groups = groups;
        }

        Tensor original() {
            return original;
        }

        int groups() {
            return groups;
        }

        @Override
        public Tensor tensor() {
            return Weights.flipped(original, groups);
        }

        @Override
        public ValueType infer(List<ValueType> inputs) {
            Shape shape = original.shape();
            return new ValueType(
                    original.type(),
                    Shape.of(shape.size(1) * groups, shape.size(0) / groups, shape.size(2), shape.size(3)));
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof FlippedWeight weight && original == weight.original && groups == weight.groups;
        }

        @Override
        public int hashCode() {
            return 31 * System.identityHashCode(original) + groups;
        }

        @Override
        public String describe() {
            return "Flipped weight";
        }
    }

    @Override
    default OnnxForm onnx() {
        throw new IllegalStateException("a source is not an ONNX node: " + describe());
    }
}
