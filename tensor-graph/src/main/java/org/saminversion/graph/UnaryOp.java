package org.saminversion.graph;

import java.util.List;

/** Operators that work on each element of one floating-point tensor. */
public sealed interface UnaryOp extends Op {
    /** Functions without attributes. */
    enum Function implements UnaryOp {
        NEGATE("Neg"),
        EXPONENTIAL("Exp"),
        LOGARITHM("Log"),
        SQUARE_ROOT("Sqrt"),
        RECIPROCAL("Reciprocal"),
        ABSOLUTE("Abs"),
        SIGN("Sign"),
        RELU("Relu"),
        SIGMOID("Sigmoid"),
        TANH("Tanh"),
        COSINE("Cos"),
        SINE("Sin"),
        ERROR_FUNCTION("Erf"),
        /** Passes its input on and stops the gradient; it vanishes from the exported program. */
        DETACH("Identity");

        private final String onnxType;

        Function(String onnxType) {
            this.onnxType = onnxType;
        }

        @Override
        public OnnxForm onnx() {
            return OnnxForm.of(onnxType);
        }

        @Override
        public String describe() {
            return this == DETACH ? "Detach" : onnxType;
        }
    }

    /** x for x at least 0, slope times x below. */
    record LeakyRelu(float slope) implements UnaryOp {
        @Override
        public OnnxForm onnx() {
            return OnnxForm.of("LeakyRelu").with("alpha", slope);
        }
    }

    /** Limits to [low, high]. */
    record Clip(float low, float high) implements UnaryOp {
        @Override
        public OnnxForm onnx() {
            return OnnxForm.of("Clip").followedBy(Tensor.scalar(low)).followedBy(Tensor.scalar(high));
        }
    }

    /** Slope times x plus offset, limited to [0,1]. */
    record HardSigmoid(float slope, float offset) implements UnaryOp {
        @Override
        public OnnxForm onnx() {
            return OnnxForm.of("HardSigmoid").with("alpha", slope).with("beta", offset);
        }
    }

    /**
     * Limits to [low, high], but keeps the part of the gradient that leads back inside. Without it, a value beyond a bound has no
     * gradient at all, and a descent that oversteps never returns.
     */
    record ReturningClip(float low, float high) implements UnaryOp {
        @Override
        public OnnxForm onnx() {
            return new Clip(low, high).onnx();
        }
    }

    /** Converts the element type; boolean becomes 0 or 1. */
    record Cast(ElementType to) implements UnaryOp {
        private static final java.util.Map<ElementType, Long> ONNX_CODES = java.util.Map.of(
                ElementType.FLOAT32, 1L,
                ElementType.UINT8, 2L,
                ElementType.INT32, 6L,
                ElementType.INT64, 7L,
                ElementType.BOOL, 9L,
                ElementType.FLOAT64, 11L);

        static int onnxCode(ElementType type) {
            return ONNX_CODES.get(type).intValue();
        }

        @Override
        public ValueType infer(List<ValueType> inputs) {
            return new ValueType(to, inputs.get(0).shape());
        }

        @Override
        public OnnxForm onnx() {
            return OnnxForm.of("Cast").with("to", ONNX_CODES.get(to));
        }
    }

    @Override
    default ValueType infer(List<ValueType> inputs) {
        ValueType in = inputs.get(0);
        if (in.element() != ElementType.FLOAT32 && in.element() != ElementType.FLOAT64) {
            throw new IllegalArgumentException(describe() + " needs floating-point numbers, not " + in);
        }
        return in;
    }
}
