package org.saminversion.graph;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import com.google.protobuf.InvalidProtocolBufferException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * A network that somebody else exported as ONNX, read into a {@link Graph}: so it has gradients, and an optimisation through it is one
 * program like every other.
 *
 * <p>ONNX Runtime itself simplifies the file for the one shape that is asked for, which computes all shapes and other constants; what
 * is left is said with our operators. The file is read from memory, so it cannot name further files.
 */
public final class ForeignGraph {
    private static final String CONSTANT = "Constant";

    private ForeignGraph() {}

    /**
     * Applies a network.
     *
     * @param file the bytes of an {@code .onnx} file of one input
     * @param input float32
     * @param output the name of the output that is wanted
     * @throws ProgramException if the file is damaged, does not take such an input, or has operators that are not known here, which the
     *     message lists
     */
    public static Value apply(byte[] file, Value input, String output) {
        GraphProto network = simplified(file, input.shape(), output).getGraph();
        requireKnown(network);
        Map<String, Tensor> constants = new HashMap<>();
        Map<String, Value> values = new HashMap<>(Map.of(network.getInput(0).getName(), input));
        network.getInitializerList().forEach(tensor -> constants.put(tensor.getName(), constant(tensor)));
        for (NodeProto proto : network.getNodeList()) {
            ForeignNode node = new ForeignNode(input.graph(), proto, values, constants);
            if (node.type().equals(CONSTANT)) {
                constants.put(proto.getOutput(0), node.tensor("value"));
            } else {
                List<Value> results = applied(node);
                for (int i = 0; i < Math.min(results.size(), proto.getOutputCount()); i++) {
                    values.put(proto.getOutput(i), results.get(i));
                }
            }
        }
        if (!values.containsKey(output)) {
            throw new ProgramException("the model computes no " + output + " from its input", null);
        }
        return values.get(output);
    }

    private static List<Value> applied(ForeignNode node) {
        try {
            return ForeignOperators.apply(node);
        } catch (IllegalArgumentException unknown) {
            throw new ProgramException(
                    "the node " + node.proto().getName() + " (" + node.type() + ") of the model cannot be used: "
                            + unknown.getMessage(),
                    unknown);
        }
    }

    private static Tensor constant(TensorProto proto) {
        try {
            return ForeignNode.tensor(proto);
        } catch (IllegalArgumentException unknown) {
            throw new ProgramException("the model cannot be used: " + unknown.getMessage(), unknown);
        }
    }

    private static void requireKnown(GraphProto network) {
        Set<String> unknown = network.getNodeList().stream()
                .map(NodeProto::getOpType)
                .filter(type -> !type.equals(CONSTANT) && !ForeignOperators.knows(type))
                .collect(Collectors.toCollection(TreeSet::new));
        if (!unknown.isEmpty()) {
            throw new ProgramException(
                    "the model cannot be differentiated here: it has the operators " + String.join(", ", unknown),
                    null);
        }
    }

    private static ModelProto simplified(byte[] file, Shape shape, String output) {
        Path simple = null;
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            simple = Files.createTempFile("foreign", ".onnx");
            options.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.BASIC_OPT);
            options.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL);
            options.setOptimizedModelFilePath(simple.toString());
            NativeRuntime.environment()
                    .createSession(fixed(file, shape, output).toByteArray(), options)
                    .close();
            return ModelProto.parseFrom(Files.readAllBytes(simple));
        } catch (OrtException refused) {
            throw new ProgramException("ONNX Runtime refused the model: " + refused.getMessage(), refused);
        } catch (InvalidProtocolBufferException damaged) {
            throw new ProgramException("the model is no ONNX file: " + damaged.getMessage(), damaged);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } finally {
            delete(simple);
        }
    }

    /** The same network for one shape of its input, of which all others follow, with one output. */
    private static ModelProto fixed(byte[] file, Shape shape, String output) throws InvalidProtocolBufferException {
        ModelProto.Builder model = ModelProto.parseFrom(file).toBuilder();
        GraphProto.Builder graph = model.getGraphBuilder().clearValueInfo();
        Set<String> fixed = graph.getInitializerList().stream()
                .map(tensor -> tensor.getName())
                .collect(Collectors.toSet());
        List<ValueInfoProto> inputs = graph.getInputList().stream()
                .filter(each -> !fixed.contains(each.getName()))
                .toList();
        if (inputs.size() != 1) {
            throw new ProgramException("the model must have one input, and it has " + inputs.size(), null);
        }
        TensorShapeProto.Builder sizes = TensorShapeProto.newBuilder();
        for (long size : shape.toLongArray()) {
            sizes.addDim(TensorShapeProto.Dimension.newBuilder().setDimValue(size));
        }
        graph.clearInput().addInput(OnnxWriter.info(inputs.get(0).getName(), ElementType.FLOAT32, sizes));
        graph.clearOutput()
                .addOutput(ValueInfoProto.newBuilder()
                        .setName(output)
                        .setType(TypeProto.newBuilder()
                                .setTensorType(TypeProto.Tensor.newBuilder()
                                        .setElemType(UnaryOp.Cast.onnxCode(ElementType.FLOAT32)))));
        return model.build();
    }

    private static void delete(Path file) {
        try {
            if (file != null) {
                Files.deleteIfExists(file);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
