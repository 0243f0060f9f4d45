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
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Writes nodes of a {@link Graph} into one ONNX graph (the main one or a loop body). Constants become initialisers of the
 * graph that uses them, since ONNX Runtime packs only constant weights.
 */
final class OnnxWriter {
    private static final int IR_VERSION = 8;

    private final GraphProto.Builder target;
    private final String prefix;
    private final Map<Integer, String> names;
    private final Map<Integer, String> wantedNames = new HashMap<>();
    private final Map<Tensor, String> trailing = new HashMap<>();
    private final Map<String, Tensor> lent = new LinkedHashMap<>();
    private final LargeConstants constants;

    /**
     * @param prefix keeps names unique between a graph and its bodies
     * @param outerNames values of the surrounding graph, by node id; they are visible here
     * @param constants where the large ones go
     */
    OnnxWriter(String name, String prefix, Map<Integer, String> outerNames, LargeConstants constants) {
        this.target = GraphProto.newBuilder().setName(name);
        this.prefix = prefix;
        this.names = new HashMap<>(outerNames);
        this.constants = constants;
    }

    GraphProto.Builder target() {
        return target;
    }

    Map<Integer, String> names() {
        return names;
    }

    /** Makes a value of the graph an input. */
    void input(int id, String name, ValueType type) {
        names.put(id, name);
        target.addInput(info(name, type));
    }

    /** Writes the selected nodes in order; their other inputs must have names already. */
    void writeNodes(Graph graph, boolean[] selected) {
        writeNodes(
                graph,
                IntStream.range(0, graph.size())
                        .filter(id -> selected[id])
                        .boxed()
                        .toList());
    }

    /** Writes nodes in this order; their other inputs must have names already. */
    void writeNodes(Graph graph, List<Integer> ids) {
        ids.stream().filter(id -> !names.containsKey(id)).forEach(id -> writeNode(graph.node(id)));
    }

    private void writeNode(Node node) {
        if (node.op() instanceof Source.Fixed fixed) {
            String name = prefix + "c" + node.id();
            target.addInitializer(proto(name, fixed.tensor()));
            names.put(node.id(), name);
            return;
        }
        if (node.op() instanceof Source.Lent source) {
            String name = prefix + "l" + node.id();
            target.addInput(info(name, node.type()));
            lent.put(name, source.tensor());
            names.put(node.id(), name);
            return;
        }
        if (node.op() == UnaryOp.Function.DETACH) {
            names.put(node.id(), names.get(node.inputs().get(0)));
            return;
        }
        OnnxForm form = node.op().onnx();
        List<String> inputs = new ArrayList<>();
        node.inputs().forEach(input -> inputs.add(names.get(input)));
        for (OnnxForm.Trailing extra : form.trailing()) {
            inputs.add(extra instanceof OnnxForm.Trailing.Constant constant ? trailingName(constant.tensor()) : "");
        }
        String name = wantedNames.getOrDefault(node.id(), prefix + "v" + node.id());
        NodeProto.Builder proto = NodeProto.newBuilder()
                .setDomain(form.domain())
                .setOpType(form.type())
                .setName(name)
                .addAllInput(inputs)
                .addOutput(name);
        form.attributes().forEach((key, value) -> proto.addAttribute(attribute(key, value)));
        target.addNode(proto);
        names.put(node.id(), name);
    }

    private String trailingName(Tensor tensor) {
        return trailing.computeIfAbsent(tensor, t -> {
            String name = prefix + "t" + trailing.size();
            target.addInitializer(proto(name, t));
            return name;
        });
    }

    /**
     * Makes values outputs and writes the nodes that they need, in the order that takes the least memory.
     *
     * @param selected what is to be written; other inputs of these nodes must have names already
     * @param results by the name of the output
     */
    void writeResults(Graph graph, boolean[] selected, Map<String, Value> results) {
        Set<String> named = results.entrySet().stream()
                .filter(result -> selected[result.getValue().id()]
                        && nameAhead(result.getValue().node(), result.getKey()))
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
        writeNodes(graph, RunOrder.oldestFirst(graph, selected, results.values()));
        results.forEach((name, value) -> {
            if (!named.contains(name)) {
                alias(names.get(value.id()), name);
            }
            target.addOutput(info(name, value.type()));
        });
    }

    /** A node that is not in the graph, such as the Loop itself. */
    void addNode(NodeProto.Builder node) {
        target.addNode(node);
    }

    /**
     * Lets an operator that will be written give its result this name: an output that is the alias of another value is a copy.
     *
     * @return whether it will; not if it is no operator, or has a name already
     */
    private boolean nameAhead(Node node, String name) {
        boolean operator = !(node.op() instanceof Source) && node.op() != UnaryOp.Function.DETACH;
        return operator && wantedNames.putIfAbsent(node.id(), name) == null;
    }

    /** Gives a value a second name through an Identity node: outputs may not be inputs or outer values themselves. */
    void alias(String from, String to) {
        target.addNode(NodeProto.newBuilder()
                .setOpType("Identity")
                .setName(to)
                .addInput(from)
                .addOutput(to));
    }

    /** The model whose main graph has been written. */
    OnnxModel model() {
        ModelProto proto = ModelProto.newBuilder()
                .setIrVersion(IR_VERSION)
                .setProducerName("sam-inversion")
                .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(Op.OPSET))
                .addOpsetImport(OperatorSetIdProto.newBuilder()
                        .setDomain(OnnxForm.RUNTIME)
                        .setVersion(1))
                .setGraph(target)
                .build();
        return new OnnxModel(proto, constants, lent);
    }

    static ValueInfoProto info(String name, ValueType type) {
        TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
        for (long size : type.shape().toLongArray()) {
            shape.addDim(TensorShapeProto.Dimension.newBuilder().setDimValue(size));
        }
        return info(name, type.element(), shape);
    }

    static ValueInfoProto info(String name, ElementType element, TensorShapeProto.Builder shape) {
        return ValueInfoProto.newBuilder()
                .setName(name)
                .setType(TypeProto.newBuilder()
                        .setTensorType(TypeProto.Tensor.newBuilder()
                                .setElemType(UnaryOp.Cast.onnxCode(element))
                                .setShape(shape)))
                .build();
    }

    private TensorProto proto(String name, Tensor tensor) {
        TensorProto.Builder proto =
                TensorProto.newBuilder().setName(name).setDataType(UnaryOp.Cast.onnxCode(tensor.type()));
        for (long size : tensor.shape().toLongArray()) {
            proto.addDims(size);
        }
        if (LargeConstants.isLarge(tensor)) {
            constants.put(tensor, proto);
        } else {
            proto.setRawData(ByteString.copyFrom(tensor.bytes()));
        }
        return proto.build();
    }

    private static AttributeProto attribute(String name, Object value) {
        AttributeProto.Builder proto = AttributeProto.newBuilder().setName(name);
        if (value instanceof Long number) {
            proto.setType(AttributeProto.AttributeType.INT).setI(number);
        } else if (value instanceof Float number) {
            proto.setType(AttributeProto.AttributeType.FLOAT).setF(number);
        } else if (value instanceof String text) {
            proto.setType(AttributeProto.AttributeType.STRING).setS(ByteString.copyFromUtf8(text));
        } else if (value instanceof List<?> list) {
            proto.setType(AttributeProto.AttributeType.INTS);
            list.forEach(element -> proto.addInts((Long) element));
        } else {
            throw new IllegalArgumentException("attribute " + name + " cannot hold " + value);
        }
        return proto.build();
    }
}
