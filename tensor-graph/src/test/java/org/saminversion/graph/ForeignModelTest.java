package org.saminversion.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.util.List;
import org.junit.jupiter.api.Test;

class ForeignModelTest {
    private static final RuntimeOptions ONE_THREAD = RuntimeOptions.withThreads(1);

    @Test
    void itRunsAtShapesThatItsFileLeavesOpen() {
        try (ForeignModel model = ForeignModel.parse(model("Neg", TensorProto.DataType.FLOAT, "x"), ONE_THREAD)) {
            assertEquals(Tensor.of(Shape.of(1, 1, 1, 2), -3f, 4), model.run(Tensor.of(Shape.of(1, 1, 1, 2), 3f, -4)));
            assertEquals(
                    Shape.of(1, 1, 2, 3),
                    model.run(Tensor.zeros(Shape.of(1, 1, 2, 3))).shape());
            assertThrows(ProgramException.class, () -> model.run(Tensor.zeros(Shape.of(2))));
            assertThrows(IllegalArgumentException.class, () -> model.run(Tensor.of(Shape.of(1), 1)));
        }
    }

    @Test
    void otherFilesAreRefused() {
        refused("refused", new byte[] {1, 2, 3});
        refused("refused", model("NoSuchOperator", TensorProto.DataType.FLOAT, "x"));
        refused("float32", model("Neg", TensorProto.DataType.DOUBLE, "x"));
        refused("one input", model("Add", TensorProto.DataType.FLOAT, "x", "y"));
    }

    private static void refused(String words, byte[] file) {
        ProgramException failure =
                assertThrows(ProgramException.class, () -> ForeignModel.parseOfOneInput(file, ONE_THREAD));
        assertTrue(failure.getMessage().contains(words), failure.getMessage());
    }

    private static byte[] model(String operator, TensorProto.DataType type, String... inputs) {
        GraphProto.Builder graph = GraphProto.newBuilder().setName("foreign");
        for (String input : inputs) {
            graph.addInput(value(input, type));
        }
        graph.addNode(NodeProto.newBuilder()
                .setOpType(operator)
                .addAllInput(List.of(inputs))
                .addOutput("result"));
        graph.addOutput(value("result", type));
        return ModelProto.newBuilder()
                .setIrVersion(8)
                .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(17))
                .setGraph(graph)
                .build()
                .toByteArray();
    }

    private static ValueInfoProto value(String name, TensorProto.DataType type) {
        TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
        for (int axis = 0; axis < 4; axis++) {
            shape.addDim(TensorShapeProto.Dimension.newBuilder().setDimParam("size" + axis));
        }
        return ValueInfoProto.newBuilder()
                .setName(name)
                .setType(TypeProto.newBuilder()
                        .setTensorType(TypeProto.Tensor.newBuilder()
                                .setElemType(type.getNumber())
                                .setShape(shape)))
                .build();
    }
}
