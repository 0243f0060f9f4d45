package org.saminversion.standalone.cli.directions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.saminversion.graph.Shape;
import org.saminversion.graph.Tensor;
import org.saminversion.inversion.bundle.BundleReader;
import org.saminversion.inversion.engine.SamEngine;
import org.saminversion.inversion.file.SafetensorsFile;
import org.saminversion.inversion.image.ImageReader;
import org.saminversion.inversion.latent.LatentFile;
import org.saminversion.standalone.cli.CommandRun;

/** Edits by text on the command line, from the files of a CLIP to edited pictures; the networks are small and random. */
class TextCommandsTest {
    private static final int SIDE = 16;
    private static final int DIMENSIONS = 4;

    private final SplittableRandom random = new SplittableRandom(11);

    @TempDir
    private Path folder;

    private Path bundle;
    private Path latents;

    @BeforeEach
    void aBundleWithAClipAndAnInversion() throws IOException {
        bundle = folder.resolve("mine");
        Path generator = safetensors("generator", generator());
        Path trunk =
                safetensors("trunk", Map.of("stage0.conv0.weight", normal(4, 3, 3, 3), "stage0.conv0.bias", normal(4)));
        Path vocabulary = Files.writeString(folder.resolve("merges.txt"), "#version: 0.2\nl o\nlo w</w>\n");
        Path images = Files.write(folder.resolve("images.onnx"), imageEncoder());
        Path texts = Files.write(folder.resolve("texts.onnx"), textEncoder());
        CommandRun run =
                run("import", generator, trunk, vocabulary, images, texts, "--into=" + bundle, "--statistics=1000");
        assertTrue(run.out().contains("CLIP of 16 pixels"), run.out());
        latents = folder.resolve("latents.safetensors");
        try (SamEngine engine = SamEngine.open(bundle)) {
            LatentFile.write(engine.sample(1, 0.5), LatentFile.Precision.FULL, latents);
        }
    }

    @Test
    void aTextBecomesADirection() throws IOException {
        CommandRun early = CommandRun.of(text("low"));
        assertEquals(1, early.exitCode());
        assertTrue(early.err().contains("run sam directions channels first"), early.err());

        run(
                "directions",
                "channels",
                "--bundle=" + bundle,
                "--images=1",
                "--samples=100",
                "--batch=4",
                "--out=" + folder);
        CommandRun added = CommandRun.of(text("low"));
        assertEquals(0, added.exitCode(), added.err());
        assertTrue(added.out().startsWith("added direction low, which moves "), added.out());
        assertEquals(
                "low                  styles 0 to 5, useful from -5.0 to 5.0\n",
                run("directions", "--bundle=" + bundle).out());
        assertNotEquals(edited("low", 0), edited("low", 3));

        CommandRun again = CommandRun.of(text("low"));
        assertTrue(again.err().contains("choose another --name"), again.err());
        String[] nothing = text("high");
        nothing[nothing.length - 1] = "--threshold=2";
        assertTrue(CommandRun.of(nothing).err().contains("lower --threshold"));
    }

    @Test
    void anOptimisationBecomesADirection() throws IOException {
        CommandRun run = run(
                "directions", "optimise", latents, "--bundle=" + bundle, "--name=lowered", "--text=low", "--steps=20");
        assertTrue(
                run.out().matches("(?s)added direction lowered to .*; the cosine of picture and text went from .*"),
                run.out());
        assertNotEquals(edited("lowered", 0), edited("lowered", 1));
        assertEquals(1, BundleReader.open(bundle).description().directions().size());
    }

    private String[] text(String target) {
        return new String[] {
            "directions",
            "text",
            "--bundle=" + bundle,
            "--name=" + target,
            "--neutral=l",
            "--target=" + target,
            "--threshold=0.01"
        };
    }

    private List<Byte> edited(String direction, int strength) {
        Path out = folder.resolve(direction + strength + ".png");
        run(
                "edit",
                latents,
                "--bundle=" + bundle,
                "--direction=" + direction,
                "--strength=" + strength,
                "--out=" + out);
        List<Byte> pixels = new java.util.ArrayList<>();
        for (byte value : ImageReader.read(out).pixels()) {
            pixels.add(value);
        }
        return pixels;
    }

    private static CommandRun run(Object... arguments) {
        CommandRun run = CommandRun.of(
                java.util.Arrays.stream(arguments).map(Object::toString).toArray(String[]::new));
        assertEquals(0, run.exitCode(), run.err());
        return run;
    }

    private Path safetensors(String name, Map<String, Tensor> tensors) {
        Path file = folder.resolve(name + ".safetensors");
        SafetensorsFile.of(tensors, Map.of()).write(file);
        return file;
    }

    /** StyleGAN2 of 16 pixels under the names of NVIDIA's PyTorch code. */
    private Map<String, Tensor> generator() {
        Map<String, Tensor> tensors = new TreeMap<>();
        tensors.put("mapping.fc0.weight", normal(4, 4));
        tensors.put("mapping.fc0.bias", normal(4));
        tensors.put("mapping.w_avg", normal(4));
        tensors.put("synthesis.b4.const", normal(3, 4, 4));
        for (String layer : List.of(
                "b4.conv1", "b4.torgb", "b8.conv0", "b8.conv1", "b8.torgb", "b16.conv0", "b16.conv1", "b16.torgb")) {
            boolean colour = layer.endsWith("torgb");
            String name = "synthesis." + layer;
            tensors.put(name + ".weight", colour ? normal(3, 3, 1, 1) : normal(3, 3, 3, 3));
            tensors.put(name + ".bias", normal(3));
            tensors.put(name + ".affine.weight", normal(3, 4));
            tensors.put(name + ".affine.bias", normal(3));
        }
        return tensors;
    }

    private Tensor normal(int... sizes) {
        float[] values = new float[Shape.of(sizes).elements()];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return Tensor.of(Shape.of(sizes), values);
    }

    private byte[] imageEncoder() {
        return model(GraphProto.newBuilder()
                .addInput(info("pixels", DataType.FLOAT, 1, 3, SIDE, SIDE))
                .addInitializer(constant("w", DataType.FLOAT, normal(DIMENSIONS, 3, SIDE, SIDE)))
                .addNode(node("Conv", "products", "pixels", "w"))
                .addNode(node("Flatten", "vector", "products"))
                .addOutput(info("vector", DataType.FLOAT, 1, DIMENSIONS)));
    }

    private byte[] textEncoder() {
        return model(GraphProto.newBuilder()
                .addInput(info("tokens", DataType.INT32, 1, 40))
                .addInitializer(constant("table", DataType.FLOAT, normal(516, DIMENSIONS)))
                .addNode(node("Gather", "gathered", "table", "tokens"))
                .addNode(node("ReduceMean", "vector", "gathered")
                        .addAttribute(AttributeProto.newBuilder()
                                .setName("axes")
                                .setType(AttributeProto.AttributeType.INTS)
                                .addInts(1))
                        .addAttribute(AttributeProto.newBuilder()
                                .setName("keepdims")
                                .setType(AttributeProto.AttributeType.INT)
                                .setI(0)))
                .addOutput(info("vector", DataType.FLOAT, 1, DIMENSIONS)));
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
                .addAllInput(List.of(inputs))
                .addOutput(output);
    }

    private static TensorProto constant(String name, DataType type, Tensor tensor) {
        TensorProto.Builder proto = TensorProto.newBuilder()
                .setName(name)
                .setDataType(type.getNumber())
                .setRawData(ByteString.copyFrom(tensor.bytes()));
        for (int size : tensor.shape().toArray()) {
            proto.addDims(size);
        }
        return proto.build();
    }

    private static ValueInfoProto info(String name, DataType type, int... sizes) {
        TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
        for (int size : sizes) {
            shape.addDim(TensorShapeProto.Dimension.newBuilder().setDimValue(size));
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
