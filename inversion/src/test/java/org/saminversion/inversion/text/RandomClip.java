package org.saminversion.inversion.text;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.ByteString;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import org.saminversion.graph.Shape;
import org.saminversion.graph.Tensor;

/**
 * A CLIP that is linear: a picture's vector is its product with random numbers, a text's vector the sum of one random vector for each
 * token. So what follows from it can be said in closed form.
 *
 * @param pictures [E,3,S,S]
 * @param tokens [V,E]; that of number 0, which fills texts up, is zero
 */
record RandomClip(Tensor pictures, Tensor tokens) {
    static final int DIMENSIONS = 6;
    static final int LENGTH = 24;
    /** "lo", "low" at the end of a word, and "er" there. */
    static final String VOCABULARY = "#version: 0.2\nl o\nlo w</w>\ne r</w>\n";

    private static final int VOCABULARY_SIZE = 512 + 3 + 2;

    static RandomClip of(int side, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        float[] tokens = normal(random, VOCABULARY_SIZE * DIMENSIONS);
        java.util.Arrays.fill(tokens, 0, DIMENSIONS, 0);
        return new RandomClip(
                Tensor.of(Shape.of(DIMENSIONS, 3, side, side), normal(random, DIMENSIONS * 3 * side * side)),
                Tensor.of(Shape.of(VOCABULARY_SIZE, DIMENSIONS), tokens));
    }

    private static float[] normal(SplittableRandom random, int count) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }

    int side() {
        return pictures.shape().size(2);
    }

    /** Writes {@code image.onnx}, {@code text.onnx} and {@code merges.txt}. */
    void write(Path folder) throws IOException {
        Files.write(folder.resolve("image.onnx"), imageEncoder());
        Files.write(folder.resolve("text.onnx"), textEncoder());
        Files.write(folder.resolve("merges.txt"), VOCABULARY.getBytes(StandardCharsets.UTF_8));
    }

    private byte[] imageEncoder() {
        return model(GraphProto.newBuilder()
                .addInput(info("pixel_values", DataType.FLOAT, -1, 3, side(), side()))
                .addInitializer(constant("w", pictures))
                .addNode(node("Conv", "products", "pixel_values", "w"))
                .addNode(node("Flatten", "last_hidden_state", "products"))
                .addNode(node("Identity", "image_embeds", "last_hidden_state"))
                .addOutput(info("last_hidden_state", DataType.FLOAT, -1, DIMENSIONS))
                .addOutput(info("image_embeds", DataType.FLOAT, -1, DIMENSIONS)));
    }

    private byte[] textEncoder() {
        return model(GraphProto.newBuilder()
                .addInput(info("input_ids", DataType.INT64, 1, LENGTH))
                .addInitializer(constant("tokens", tokens))
                .addInitializer(constant("axes", Tensor.of(Shape.of(1), 1L)))
                .addNode(node("Gather", "gathered", "tokens", "input_ids"))
                .addNode(node("ReduceSum", "text_embeds", "gathered", "axes")
                        .addAttribute(AttributeProto.newBuilder()
                                .setName("keepdims")
                                .setType(AttributeProto.AttributeType.INT)
                                .setI(0)))
                .addOutput(info("text_embeds", DataType.FLOAT, 1, DIMENSIONS)));
    }

    private static byte[] model(GraphProto.Builder graph) {
        return ModelProto.newBuilder()
                .setIrVersion(8)
                .setProducerName("a test")
                .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(17))
                .setGraph(graph.setName("clip"))
                .build()
                .toByteArray();
    }

    private static NodeProto.Builder node(String type, String output, String... inputs) {
        return NodeProto.newBuilder()
                .setOpType(type)
                .addAllInput(java.util.List.of(inputs))
                .addOutput(output);
    }

    private static TensorProto constant(String name, Tensor tensor) {
        TensorProto.Builder proto = TensorProto.newBuilder()
                .setName(name)
                .setDataType(
                        tensor.type() == org.saminversion.graph.ElementType.INT64
                                ? DataType.INT64.getNumber()
                                : DataType.FLOAT.getNumber())
                .setRawData(ByteString.copyFrom(tensor.bytes()));
        for (int size : tensor.shape().toArray()) {
            proto.addDims(size);
        }
        return proto.build();
    }

    /** @param sizes -1 for one that is left open */
    private static ValueInfoProto info(String name, DataType type, int... sizes) {
        TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
        for (int size : sizes) {
            shape.addDim(
                    size < 0
                            ? TensorShapeProto.Dimension.newBuilder().setDimParam("batch")
                            : TensorShapeProto.Dimension.newBuilder().setDimValue(size));
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
