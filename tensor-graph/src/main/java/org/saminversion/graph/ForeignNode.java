package org.saminversion.graph;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

/**
 * A node of somebody else's ONNX graph, with what it takes.
 *
 * @param values what was computed before it, by name
 * @param constants the fixed tensors, by name
 */
record ForeignNode(Graph graph, NodeProto proto, Map<String, Value> values, Map<String, Tensor> constants) {
    String type() {
        return proto.getOpType();
    }

    /** How many inputs are written down, absent ones in between included. */
    int inputs() {
        return proto.getInputCount();
    }

    boolean has(int input) {
        return input < inputs() && !proto.getInput(input).isEmpty();
    }

    Value value(int input) {
        String name = proto.getInput(input);
        Value known = values.get(name);
        return known != null ? known : graph.constant(name, constant(input));
    }

    Tensor constant(int input) {
        Tensor constant = constants.get(proto.getInput(input));
        if (constant == null) {
            throw new IllegalArgumentException("input " + input + " must be constant, and is computed");
        }
        return constant;
    }

    /** An axis of the first input, where negative ones count from the last. */
    int axis(int number) {
        return number < 0 ? number + value(0).shape().rank() : number;
    }

    float number(int input) {
        return constant(input).toFloats()[0];
    }

    int[] integers(int input) {
        Tensor constant = constant(input);
        return constant.type() == ElementType.INT64
                ? Arrays.stream(longs(constant)).mapToInt(Math::toIntExact).toArray()
                : constant.toInts();
    }

    private static long[] longs(Tensor tensor) {
        long[] out = new long[tensor.shape().elements()];
        tensor.bytes().asLongBuffer().get(out);
        return out;
    }

    private Optional<AttributeProto> attribute(String name) {
        return proto.getAttributeList().stream()
                .filter(attribute -> attribute.getName().equals(name))
                .findFirst();
    }

    int integer(String attribute, int otherwise) {
        return attribute(attribute).map(found -> Math.toIntExact(found.getI())).orElse(otherwise);
    }

    float number(String attribute, float otherwise) {
        return attribute(attribute).map(AttributeProto::getF).orElse(otherwise);
    }

    String text(String attribute, String otherwise) {
        return attribute(attribute).map(found -> found.getS().toStringUtf8()).orElse(otherwise);
    }

    Tensor tensor(String attribute) {
        return tensor(attribute(attribute)
                .orElseThrow(() -> new IllegalArgumentException("it has no attribute " + attribute))
                .getT());
    }

    /** Integers that older versions of an operator have as an attribute and newer ones as an input. */
    Optional<int[]> integers(String attribute, int input) {
        if (has(input)) {
            return Optional.of(integers(input));
        }
        return attribute(attribute)
                .map(found ->
                        found.getIntsList().stream().mapToInt(Math::toIntExact).toArray());
    }

    int[] integers(String attribute, int... otherwise) {
        return attribute(attribute)
                .map(found ->
                        found.getIntsList().stream().mapToInt(Math::toIntExact).toArray())
                .orElse(otherwise);
    }

    /** @throws IllegalArgumentException if it is of another type than float32, float64, int32, int64 and bool */
    static Tensor tensor(TensorProto proto) {
        ElementType element = switch (TensorProto.DataType.forNumber(proto.getDataType())) {
            case FLOAT -> ElementType.FLOAT32;
            case DOUBLE -> ElementType.FLOAT64;
            case INT32 -> ElementType.INT32;
            case INT64 -> ElementType.INT64;
            case BOOL -> ElementType.BOOL;
            default ->
                throw new IllegalArgumentException("the constant " + proto.getName() + " is of the type "
                        + TensorProto.DataType.forNumber(proto.getDataType())
                        + ": export the model with float32 weights");
        };
        Shape shape =
                Shape.of(proto.getDimsList().stream().mapToInt(Math::toIntExact).toArray());
        if (!proto.getRawData().isEmpty() || shape.elements() == 0) {
            return Tensor.of(element, shape, proto.getRawData().asReadOnlyByteBuffer());
        }
        ByteBuffer bytes =
                ByteBuffer.allocateDirect(shape.elements() * element.bytes()).order(ByteOrder.LITTLE_ENDIAN);
        switch (element) {
            case FLOAT32 -> proto.getFloatDataList().forEach(bytes::putFloat);
            case FLOAT64 -> proto.getDoubleDataList().forEach(bytes::putDouble);
            case INT64 -> proto.getInt64DataList().forEach(bytes::putLong);
            case INT32 -> proto.getInt32DataList().forEach(bytes::putInt);
            default -> proto.getInt32DataList().forEach(value -> bytes.put(value.byteValue()));
        }
        return Tensor.of(element, shape, bytes.flip());
    }
}
