package org.saminversion.graph;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * All steps of a run as one ONNX model: what does not change from step to step stands before a {@code Loop}, the rest in its body.
 * Constants are initialisers where they are used.
 */
final class LoopModel {
    static final String ITERATIONS = "loop.iterations";
    static final String NEXT = "next.";
    static final String REPORTS = "reports";
    private static final String ITERATION = "b.iteration";
    private static final String GO = "b.go";

    private final StepGraph step;
    private final StepTypes types;
    private final Graph graph;

    LoopModel(StepGraph step) {
        this.step = step;
        this.types = step.types();
        this.graph = step.graph();
    }

    OnnxModel write() {
        LargeConstants constants = new LargeConstants();
        OnnxWriter outer = new OnnxWriter("optimisation", "o", Map.of(), constants);
        outer.target().addInput(OnnxWriter.info(ITERATIONS, ElementType.INT64, TensorShapeProto.newBuilder()));
        Map<String, ValueType> fixed = new LinkedHashMap<>(types.data());
        fixed.put(
                OptimisationPlan.STEPS_IN_ALL,
                graph.inputs().get(OptimisationPlan.STEPS_IN_ALL).type());
        fixed.forEach((name, type) -> outer.input(graph.inputs().get(name).id(), name, type));
        step.state().forEach((name, value) -> outer.target().addInput(OnnxWriter.info(name, value.type())));
        types.perStep()
                .forEach((name, type) ->
                        outer.target().addInput(OnnxWriter.info(name, type.element(), unknownThen(type.shape()))));
        outer.writeNodes(graph, step.parts().before());

        Map<Integer, String> visible = new HashMap<>(outer.names());
        for (int id = 0; id < graph.size(); id++) {
            if (step.parts().constantsOfBody()[id]) {
                visible.remove(id);
            }
        }
        OnnxWriter body = body(visible, constants);
        NodeProto.Builder loop = NodeProto.newBuilder()
                .setOpType("Loop")
                .setName("loop")
                .addInput(ITERATIONS)
                .addInput("");
        step.next().forEach((name, value) -> {
            loop.addInput(name).addOutput(NEXT + name);
            outer.target().addOutput(OnnxWriter.info(NEXT + name, value.type()));
        });
        loop.addOutput(REPORTS);
        outer.target()
                .addOutput(OnnxWriter.info(REPORTS, ElementType.FLOAT32, unknownThen(Shape.of(types.reported()))));
        loop.addAttribute(AttributeProto.newBuilder()
                .setName("body")
                .setType(AttributeProto.AttributeType.GRAPH)
                .setG(body.target()));
        outer.addNode(loop);
        return outer.model();
    }

    private OnnxWriter body(Map<Integer, String> visible, LargeConstants constants) {
        OnnxWriter body = new OnnxWriter("step", "b", visible, constants);
        body.target().addInput(OnnxWriter.info(ITERATION, ElementType.INT64, TensorShapeProto.newBuilder()));
        body.target().addInput(OnnxWriter.info(GO, ElementType.BOOL, TensorShapeProto.newBuilder()));
        body.target().addOutput(OnnxWriter.info("b.go-on", ElementType.BOOL, TensorShapeProto.newBuilder()));
        step.state().forEach((name, value) -> body.input(value.id(), "b." + name, value.type()));
        types.perStep().keySet().forEach(name -> {
            String here = "b.step." + name;
            body.addNode(NodeProto.newBuilder()
                    .setOpType("Gather")
                    .setName(here)
                    .addInput(name)
                    .addInput(ITERATION)
                    .addOutput(here));
            body.names().put(graph.inputs().get(name).id(), here);
        });
        body.writeNodes(graph, step.parts().constantsOfBody());
        body.alias(GO, "b.go-on");
        Map<String, Value> results = new LinkedHashMap<>();
        step.next().forEach((name, value) -> results.put("b." + NEXT + name, value));
        results.put("b.report", step.report());
        body.writeResults(graph, step.parts().body(), results);
        return body;
    }

    private static TensorShapeProto.Builder unknownThen(Shape shape) {
        TensorShapeProto.Builder sizes = TensorShapeProto.newBuilder()
                .addDim(TensorShapeProto.Dimension.newBuilder().setDimParam("steps"));
        for (long size : shape.toLongArray()) {
            sizes.addDim(TensorShapeProto.Dimension.newBuilder().setDimValue(size));
        }
        return sizes;
    }
}
