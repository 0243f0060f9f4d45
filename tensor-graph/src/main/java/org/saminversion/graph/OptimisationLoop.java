package org.saminversion.graph;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A whole optimisation as one ONNX program: a {@code Loop} whose body is the forward pass, the backward pass, the learning-rate
 * schedule and Adam. One run performs many steps; variables and moments stay where ONNX Runtime keeps them, and the reported
 * numbers of each step come back together. Whatever does not depend on the variables is computed once per run, before the loop.
 *
 * <p>Thread-safe. The same state, data and number of steps give the same bits on the same machine and thread count, however
 * the steps are divided into runs.
 */
public final class OptimisationLoop implements AutoCloseable {
    private static final String ITERATIONS = "loop.iterations";
    private static final String STEP = "loop.step";
    private static final String STEPS_IN_ALL = "loop.steps";
    private static final String FIRST = ".first-moment";
    private static final String SECOND = ".second-moment";

    /** What one run gives back: the state after it, and [steps, reported] numbers, each from before its step. */
    public record Outcome(OptimisationState state, Tensor reports) {}

    private final Map<String, ValueType> variables;
    private final Map<String, ValueType> data;
    private final int reported;
    private final Session session;

    private OptimisationLoop(
            Map<String, ValueType> variables, Map<String, ValueType> data, int reported, Session session) {
        this.variables = variables;
        this.data = data;
        this.reported = reported;
        this.session = session;
    }

    /**
     * Builds and compiles the loop.
     *
     * @param variables names of the graph's inputs that are optimised; its other inputs stay fixed during a run
     * @param loss any shape; its sum is minimised
     * @param reports float32 numbers of any shape (flattened) that each step reports, in order
     */
    public static OptimisationLoop compile(
            Graph graph,
            List<String> variables,
            Value loss,
            List<Value> reports,
            LearningRateSchedule schedule,
            Adam adam,
            RuntimeOptions options) {
        List<Value> values = variables.stream().map(graph.inputs()::get).toList();
        List<Value> gradients = Gradients.of(loss, values);
        Value step = graph.input(STEP, ElementType.FLOAT64, 1);
        Value stepsInAll = graph.input(STEPS_IN_ALL, ElementType.FLOAT64, 1);
        Adam.StepNumbers numbers = adam.numbers(step, schedule.at(step, stepsInAll));

        Map<String, Value> state = new LinkedHashMap<>();
        Map<String, Value> next = new LinkedHashMap<>();
        state.put(STEP, step);
        next.put(STEP, step.add(step.like(1)));
        for (int i = 0; i < values.size(); i++) {
            String name = variables.get(i);
            int[] sizes = values.get(i).shape().toArray();
            Adam.Moving now =
                    new Adam.Moving(values.get(i), graph.input(name + FIRST, sizes), graph.input(name + SECOND, sizes));
            Adam.Moving moved = adam.update(now, gradients.get(i), numbers);
            state.put(name, now.value());
            state.put(name + FIRST, now.firstMoment());
            state.put(name + SECOND, now.secondMoment());
            next.put(name, moved.value());
            next.put(name + FIRST, moved.firstMoment());
            next.put(name + SECOND, moved.secondMoment());
        }
        Value[] flat = reports.stream()
                .map(report -> report.reshape(report.shape().elements()))
                .toArray(Value[]::new);
        Value report = flat.length == 1 ? flat[0] : Value.concatenate(0, flat);
        return write(graph, variables, state, next, report, options);
    }

    private static OptimisationLoop write(
            Graph graph,
            List<String> variables,
            Map<String, Value> state,
            Map<String, Value> next,
            Value report,
            RuntimeOptions options) {
        List<Value> results = new ArrayList<>(next.values());
        results.add(report);
        boolean[] needed = graph.needed(results);
        boolean[] moving = graph.dependents(state.values());
        boolean[] inBody = new boolean[graph.size()];
        boolean[] before = new boolean[graph.size()];
        boolean[] constantsOfBody = new boolean[graph.size()];
        boolean[] constantsBefore = new boolean[graph.size()];
        for (int id = 0; id < graph.size(); id++) {
            inBody[id] = needed[id] && moving[id];
            before[id] = needed[id] && !moving[id];
            boolean[] constantsOfUser = inBody[id] ? constantsOfBody : constantsBefore;
            if (needed[id]) {
                graph.node(id).inputs().stream()
                        .filter(input -> graph.node(input).op() instanceof Source.Constant)
                        .forEach(input -> constantsOfUser[input] = true);
            }
        }
        for (int id = 0; id < graph.size(); id++) {
            before[id] &= constantsBefore[id] || !(graph.node(id).op() instanceof Source.Constant);
        }

        OnnxWriter outer = new OnnxWriter("optimisation", "o", Map.of());
        outer.target().addInput(OnnxWriter.info(ITERATIONS, ElementType.INT64, TensorShapeProto.newBuilder()));
        Map<String, ValueType> data = new LinkedHashMap<>();
        Map<String, ValueType> variableTypes = new LinkedHashMap<>();
        graph.inputs().forEach((name, value) -> {
            if (needed[value.id()] || state.containsKey(name)) {
                outer.target().addInput(OnnxWriter.info(name, value.type()));
                if (variables.contains(name)) {
                    variableTypes.put(name, value.type());
                }
                if (!state.containsKey(name)) {
                    outer.names().put(value.id(), name);
                    if (!name.equals(STEPS_IN_ALL)) {
                        data.put(name, value.type());
                    }
                }
            }
        });
        outer.writeNodes(graph, before);

        Map<Integer, String> visible = new HashMap<>(outer.names());
        for (int id = 0; id < graph.size(); id++) {
            if (constantsOfBody[id]) {
                visible.remove(id);
            }
        }
        OnnxWriter body = new OnnxWriter("step", "b", visible);
        body.target().addInput(OnnxWriter.info("b.iteration", ElementType.INT64, TensorShapeProto.newBuilder()));
        body.target().addInput(OnnxWriter.info("b.go", ElementType.BOOL, TensorShapeProto.newBuilder()));
        body.target().addOutput(OnnxWriter.info("b.go-on", ElementType.BOOL, TensorShapeProto.newBuilder()));
        state.forEach((name, value) -> {
            body.names().put(value.id(), "b." + name);
            body.target().addInput(OnnxWriter.info("b." + name, value.type()));
        });
        body.writeNodes(graph, constantsOfBody);
        body.writeNodes(graph, inBody);
        body.alias("b.go", "b.go-on");
        NodeProto.Builder loop = NodeProto.newBuilder()
                .setOpType("Loop")
                .setName("loop")
                .addInput(ITERATIONS)
                .addInput("");
        next.forEach((name, value) -> {
            body.alias(body.names().get(value.id()), "b.next." + name);
            body.target().addOutput(OnnxWriter.info("b.next." + name, value.type()));
            loop.addInput(name).addOutput("next." + name);
            outer.target().addOutput(OnnxWriter.info("next." + name, value.type()));
        });
        body.alias(body.names().get(report.id()), "b.report");
        body.target().addOutput(OnnxWriter.info("b.report", report.type()));
        loop.addOutput("reports");
        outer.target()
                .addOutput(OnnxWriter.info(
                        "reports",
                        ElementType.FLOAT32,
                        TensorShapeProto.newBuilder()
                                .addDim(TensorShapeProto.Dimension.newBuilder().setDimParam("steps"))
                                .addDim(TensorShapeProto.Dimension.newBuilder()
                                        .setDimValue(report.shape().elements()))));
        loop.addAttribute(AttributeProto.newBuilder()
                .setName("body")
                .setType(AttributeProto.AttributeType.GRAPH)
                .setG(body.target()));
        outer.addNode(loop);
        return new OptimisationLoop(
                variableTypes, data, report.shape().elements(), new Session(OnnxWriter.model(outer.target()), options));
    }

    /** The inputs that stay fixed during a run. */
    public Map<String, ValueType> data() {
        return Map.copyOf(data);
    }

    /**
     * Performs steps.
     *
     * @param stepsInAll the length of the whole optimisation, for the schedule
     * @param values one tensor for each of {@link #data()}
     */
    public Outcome run(OptimisationState state, Map<String, Tensor> values, int steps, int stepsInAll) {
        TensorTypes.require(data, values);
        TensorTypes.require(variables, state.values());
        Map<String, Tensor> inputs = new LinkedHashMap<>(values);
        Map<String, ValueType> outputs = new LinkedHashMap<>();
        inputs.put(ITERATIONS, Tensor.of(Shape.SCALAR, (long) steps));
        inputs.put(STEP, Tensor.of(Shape.of(1), (double) state.step()));
        inputs.put(STEPS_IN_ALL, Tensor.of(Shape.of(1), (double) stepsInAll));
        variables.forEach((name, type) -> {
            inputs.put(name, state.values().get(name));
            inputs.put(name + FIRST, state.firstMoments().get(name));
            inputs.put(name + SECOND, state.secondMoments().get(name));
            outputs.put("next." + name, type);
            outputs.put("next." + name + FIRST, type);
            outputs.put("next." + name + SECOND, type);
        });
        outputs.put("reports", ValueType.float32(steps, reported));
        Map<String, Tensor> results = session.run(inputs, outputs);
        Map<String, Tensor> moved = new LinkedHashMap<>();
        Map<String, Tensor> first = new LinkedHashMap<>();
        Map<String, Tensor> second = new LinkedHashMap<>();
        for (String name : variables.keySet()) {
            moved.put(name, results.get("next." + name));
            first.put(name, results.get("next." + name + FIRST));
            second.put(name, results.get("next." + name + SECOND));
        }
        return new Outcome(new OptimisationState(moved, first, second, state.step() + steps), results.get("reports"));
    }

    @Override
    public void close() {
        session.close();
    }
}
