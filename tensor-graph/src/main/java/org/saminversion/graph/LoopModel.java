package org.saminversion.graph;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The ONNX model of an {@link OptimisationLoop}: what does not change from step to step stands before the {@code Loop}, the rest in
 * its body. Constants are initialisers where they are used.
 */
final class LoopModel {
    private static final String ITERATION = "b.iteration";
    private static final String GO = "b.go";
    /** Keeps the length of gradients of zeros from dividing by zero. */
    private static final float SQUARED_LENGTH_MIN = 1e-24f;

    private final Graph graph;
    private final OptimisationPlan plan;
    private final Map<String, Value> state;
    private final Map<String, Value> next;
    private final Value report;
    private final Parts parts;

    /** Which nodes stand where. */
    private record Parts(boolean[] needed, boolean[] before, boolean[] body, boolean[] constantsOfBody) {}

    /** Adds the backward pass and the updates to the graph. */
    LoopModel(Graph written, OptimisationPlan plan) {
        this.plan = plan;
        Map<String, Value> now = new LinkedHashMap<>();
        Map<String, Value> then = new LinkedHashMap<>();
        addUpdates(written, plan, now, then);
        Value[] flat = plan.reports().stream()
                .map(each -> each.reshape(each.shape().elements()))
                .toArray(Value[]::new);
        Value reported = flat.length == 1 ? flat[0] : Value.concatenate(0, flat);
        List<Value> wanted = new ArrayList<>(then.values());
        wanted.add(reported);
        FastForm fast = new FastForm(written, wanted);
        this.graph = fast.graph();
        this.state = rewritten(fast, now);
        this.next = rewritten(fast, then);
        this.report = fast.at(reported);
        this.parts = parts();
        assert missingOnCuda().isEmpty() : missingOnCuda();
    }

    /** Operators of the whole model that CUDA would leave to the CPU, in words; the Loop itself is steered from there. */
    private Set<String> missingOnCuda() {
        return CudaKernels.read().missing(graph, parts.needed);
    }

    private static Map<String, Value> rewritten(FastForm fast, Map<String, Value> values) {
        Map<String, Value> result = new LinkedHashMap<>();
        values.forEach((name, value) -> result.put(name, fast.at(value)));
        return result;
    }

    private static void addUpdates(
            Graph graph, OptimisationPlan plan, Map<String, Value> state, Map<String, Value> next) {
        List<Value> values = plan.variables().stream().map(graph.inputs()::get).toList();
        List<Value> raw = Gradients.of(plan.loss(), values);
        List<Value> gradients = plan.gradientNormMax().isPresent()
                ? clipped(raw, plan.gradientNormMax().getAsDouble())
                : raw;
        Value step = OptimisationPlan.step(graph);
        Value stepsInAll = OptimisationPlan.stepsInAll(graph);
        state.put(OptimisationPlan.STEP, step);
        next.put(OptimisationPlan.STEP, step.add(step.like(1)));
        int i = 0;
        for (VariableGroup group : plan.groups()) {
            Value rate = group.schedule().at(step, stepsInAll);
            for (String name : group.variables()) {
                int[] sizes = values.get(i).shape().toArray();
                String first = name + OptimisationLoop.FIRST;
                String second = name + OptimisationLoop.SECOND;
                UpdateRule.Moving now =
                        new UpdateRule.Moving(values.get(i), graph.input(first, sizes), graph.input(second, sizes));
                UpdateRule.Moving moved = group.rule().update(now, gradients.get(i), step, rate);
                state.put(name, now.value());
                state.put(first, now.firstMoment());
                state.put(second, now.secondMoment());
                next.put(name, group.afterStep().apply(moved.value()));
                next.put(first, moved.firstMoment());
                next.put(second, moved.secondMoment());
                i++;
            }
        }
        plan.tracked().forEach((name, value) -> {
            state.put(name, graph.inputs().get(name));
            next.put(name, value);
        });
    }

    /** Gradients whose common length does not pass the bound; their direction stays. */
    private static List<Value> clipped(List<Value> gradients, double maximum) {
        Value squared = gradients.stream()
                .map(gradient -> gradient.square().sum().reshape(1))
                .reduce(Value::add)
                .orElseThrow();
        Value length = squared.add(SQUARED_LENGTH_MIN).squareRoot();
        Value factor = length.reciprocal().multiply(maximum).minimum(length.like(1));
        return gradients.stream().map(gradient -> gradient.multiply(factor)).toList();
    }

    private Parts parts() {
        List<Value> results = new ArrayList<>(next.values());
        results.add(report);
        List<Value> changing = new ArrayList<>(state.values());
        plan.perStep().forEach(name -> changing.add(graph.inputs().get(name)));
        boolean[] needed = graph.needed(results);
        boolean[] moving = graph.dependents(changing);
        int size = graph.size();
        Parts made = new Parts(needed, new boolean[size], new boolean[size], new boolean[size]);
        boolean[] constantsBefore = new boolean[size];
        for (int id = 0; id < size; id++) {
            made.body[id] = needed[id] && moving[id];
            made.before[id] = needed[id] && !moving[id];
            boolean[] constantsOfUser = made.body[id] ? made.constantsOfBody : constantsBefore;
            if (needed[id]) {
                graph.node(id).inputs().stream()
                        .filter(input -> graph.node(input).op() instanceof Source.Fixed)
                        .forEach(input -> constantsOfUser[input] = true);
            }
        }
        for (int id = 0; id < size; id++) {
            made.before[id] &= constantsBefore[id] || !(graph.node(id).op() instanceof Source.Fixed);
        }
        return made;
    }

    int reported() {
        return report.shape().elements();
    }

    /** The inputs that each step replaces. */
    Map<String, ValueType> tracked() {
        Map<String, ValueType> types = new LinkedHashMap<>();
        plan.tracked()
                .keySet()
                .forEach(name -> types.put(name, graph.inputs().get(name).type()));
        return types;
    }

    /** The optimised inputs. */
    Map<String, ValueType> variables() {
        Map<String, ValueType> types = new LinkedHashMap<>();
        plan.variables()
                .forEach(name -> types.put(name, graph.inputs().get(name).type()));
        return types;
    }

    /** The inputs that stay fixed, as far as they are needed. */
    Map<String, ValueType> data() {
        Map<String, ValueType> types = new LinkedHashMap<>();
        graph.inputs().forEach((name, value) -> {
            boolean special = state.containsKey(name)
                    || plan.perStep().contains(name)
                    || name.equals(OptimisationPlan.STEPS_IN_ALL);
            if (parts.needed[value.id()] && !special) {
                types.put(name, value.type());
            }
        });
        return types;
    }

    /** The inputs that change from step to step, as one step sees them. */
    Map<String, ValueType> perStep() {
        Map<String, ValueType> types = new LinkedHashMap<>();
        plan.perStep().stream().sorted().forEach(name -> {
            Value value = graph.inputs().get(name);
            if (parts.needed[value.id()]) {
                types.put(name, value.type());
            }
        });
        return types;
    }

    /** The type with a further first axis. */
    static ValueType stacked(ValueType type, int steps) {
        int[] one = type.shape().toArray();
        int[] sizes = new int[one.length + 1];
        sizes[0] = steps;
        System.arraycopy(one, 0, sizes, 1, one.length);
        return new ValueType(type.element(), Shape.of(sizes));
    }

    OnnxModel write() {
        LargeConstants constants = new LargeConstants();
        OnnxWriter outer = new OnnxWriter("optimisation", "o", Map.of(), constants);
        outer.target()
                .addInput(
                        OnnxWriter.info(OptimisationLoop.ITERATIONS, ElementType.INT64, TensorShapeProto.newBuilder()));
        Map<String, ValueType> fixed = new LinkedHashMap<>(data());
        fixed.put(
                OptimisationPlan.STEPS_IN_ALL,
                graph.inputs().get(OptimisationPlan.STEPS_IN_ALL).type());
        fixed.forEach((name, type) -> {
            outer.names().put(graph.inputs().get(name).id(), name);
            outer.target().addInput(OnnxWriter.info(name, type));
        });
        state.forEach((name, value) -> outer.target().addInput(OnnxWriter.info(name, value.type())));
        perStep()
                .forEach((name, type) ->
                        outer.target().addInput(OnnxWriter.info(name, type.element(), unknownThen(type.shape()))));
        outer.writeNodes(graph, parts.before);

        Map<Integer, String> visible = new HashMap<>(outer.names());
        for (int id = 0; id < graph.size(); id++) {
            if (parts.constantsOfBody[id]) {
                visible.remove(id);
            }
        }
        OnnxWriter body = body(visible, constants);
        NodeProto.Builder loop = NodeProto.newBuilder()
                .setOpType("Loop")
                .setName("loop")
                .addInput(OptimisationLoop.ITERATIONS)
                .addInput("");
        next.forEach((name, value) -> {
            loop.addInput(name).addOutput("next." + name);
            outer.target().addOutput(OnnxWriter.info("next." + name, value.type()));
        });
        loop.addOutput("reports");
        outer.target().addOutput(OnnxWriter.info("reports", ElementType.FLOAT32, unknownThen(Shape.of(reported()))));
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
        state.forEach((name, value) -> {
            body.names().put(value.id(), "b." + name);
            body.target().addInput(OnnxWriter.info("b." + name, value.type()));
        });
        perStep().keySet().forEach(name -> {
            String here = "b.step." + name;
            body.addNode(NodeProto.newBuilder()
                    .setOpType("Gather")
                    .setName(here)
                    .addInput(name)
                    .addInput(ITERATION)
                    .addOutput(here));
            body.names().put(graph.inputs().get(name).id(), here);
        });
        Map<String, Value> results = new LinkedHashMap<>();
        next.forEach((name, value) -> results.put("b.next." + name, value));
        results.put("b.report", report);
        Set<String> named = results.keySet().stream()
                .filter(name -> parts.body[results.get(name).id()]
                        && body.nameAhead(results.get(name).node(), name))
                .collect(Collectors.toSet());
        body.writeNodes(graph, parts.constantsOfBody);
        body.writeNodes(graph, RunOrder.oldestFirst(graph, parts.body, results.values()));
        body.alias(GO, "b.go-on");
        results.forEach((name, value) -> {
            if (!named.contains(name)) {
                body.alias(body.names().get(value.id()), name);
            }
            body.target().addOutput(OnnxWriter.info(name, value.type()));
        });
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
