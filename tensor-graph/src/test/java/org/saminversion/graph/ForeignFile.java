package org.saminversion.graph;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.ByteString;
import java.util.List;
import java.util.Map;

/** Writes ONNX files as others would, with inputs of open sizes. */
final class ForeignFile {
    private final GraphProto.Builder graph = GraphProto.newBuilder().setName("foreign");
    private int nodes;

    /** @param rank of an input of open sizes */
    ForeignFile input(String name, TensorProto.DataType type, int rank) {
        graph.addInput(info(name, type, rank));
        return this;
    }

    /** @param rank 0 to leave it open */
    ForeignFile output(String name, TensorProto.DataType type, int rank) {
        graph.addOutput(info(name, type, rank));
        return this;
    }

    /** A fixed tensor; gives back its name. */
    String constant(String name, Tensor tensor) {
        TensorProto.Builder proto = TensorProto.newBuilder()
                .setName(name)
                .setDataType(UnaryOp.Cast.onnxCode(tensor.type()))
                .setRawData(ByteString.copyFrom(tensor.bytes()));
        for (long size : tensor.shape().toLongArray()) {
            proto.addDims(size);
        }
        graph.addInitializer(proto);
        return name;
    }

    /** Adds a node of one output; gives back the output's name. */
    String node(String type, Map<String, Object> attributes, String... inputs) {
        String output = type + nodes++;
        node(type, attributes, List.of(output), inputs);
        return output;
    }

    String node(String type, String... inputs) {
        return node(type, Map.of(), inputs);
    }

    void node(String type, Map<String, Object> attributes, List<String> outputs, String... inputs) {
        NodeProto.Builder node = NodeProto.newBuilder()
                .setOpType(type)
                .setName(type + nodes++)
                .addAllInput(List.of(inputs))
                .addAllOutput(outputs);
        attributes.forEach((name, value) -> node.addAttribute(attribute(name, value)));
        graph.addNode(node);
    }

    byte[] bytes() {
        return ModelProto.newBuilder()
                .setIrVersion(8)
                .setProducerName("a test")
                .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(Op.OPSET))
                .setGraph(graph)
                .build()
                .toByteArray();
    }

    private static AttributeProto attribute(String name, Object value) {
        AttributeProto.Builder proto = AttributeProto.newBuilder().setName(name);
        if (value instanceof Integer number) {
            return proto.setType(AttributeProto.AttributeType.INT).setI(number).build();
        }
        if (value instanceof Float number) {
            return proto.setType(AttributeProto.AttributeType.FLOAT)
                    .setF(number)
                    .build();
        }
        if (value instanceof String text) {
            return proto.setType(AttributeProto.AttributeType.STRING)
                    .setS(ByteString.copyFromUtf8(text))
                    .build();
        }
        proto.setType(AttributeProto.AttributeType.INTS);
        for (Object each : (List<?>) value) {
            proto.addInts((Integer) each);
        }
        return proto.build();
    }

    private static ValueInfoProto info(String name, TensorProto.DataType type, int rank) {
        TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
        for (int axis = 0; axis < rank; axis++) {
            shape.addDim(TensorShapeProto.Dimension.newBuilder().setDimParam(name + axis));
        }
        TypeProto.Tensor.Builder tensor = TypeProto.Tensor.newBuilder().setElemType(type.getNumber());
        if (rank > 0) {
            tensor.setShape(shape);
        }
        return ValueInfoProto.newBuilder()
                .setName(name)
                .setType(TypeProto.newBuilder().setTensorType(tensor))
                .build();
    }
}
