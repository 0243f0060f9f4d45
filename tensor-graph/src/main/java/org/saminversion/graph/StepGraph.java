package org.saminversion.graph;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One step of an optimisation as a graph in its fast form: forward pass, backward pass, and the update of each variable. What becomes
 * of it in ONNX is said by {@link LoopModel} and {@link StepModels}.
 */
final class StepGraph {
    /** Keeps the length of gradients of zeros from dividing by zero. */
    private static final float SQUARED_LENGTH_MIN = 1e-24f;

    private final Graph graph;
    private final OptimisationPlan plan;
    private final Map<String, Value> state;
    private final Map<String, Value> next;
    private final Value report;
    private final Parts parts;

    /**
     * Which nodes stand where.
     *
     * @param needed by any result
     * @param before what does not change from step to step, with its constants
     * @param body what each step computes anew
     * @param constantsOfBody what is part of the model and used there
     */
    record Parts(boolean[] needed, boolean[] before, boolean[] body, boolean[] constantsOfBody) {}

    /** Adds the backward pass and the updates to the graph. */
    StepGraph(Graph written, OptimisationPlan plan) {
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
        this.parts = divided();
        assert missingOnCuda().isEmpty() : missingOnCuda();
    }

    /** Operators that CUDA would leave to the CPU, in words. */
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

    private Parts divided() {
        List<Value> changing = new ArrayList<>(state.values());
        plan.perStep().forEach(name -> changing.add(graph.inputs().get(name)));
        boolean[] needed = graph.needed(results());
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

    Graph graph() {
        return graph;
    }

    Parts parts() {
        return parts;
    }

    /** The state before a step, by name: see {@link StepTypes#state()}. */
    Map<String, Value> state() {
        return state;
    }

    /** The state after it, likewise. */
    Map<String, Value> next() {
        return next;
    }

    /** Of one axis. */
    Value report() {
        return report;
    }

    List<Value> results() {
        List<Value> results = new ArrayList<>(next.values());
        results.add(report);
        return results;
    }

    StepTypes types() {
        Map<String, ValueType> data = new LinkedHashMap<>();
        graph.inputs().forEach((name, value) -> {
            boolean special = state.containsKey(name)
                    || plan.perStep().contains(name)
                    || name.equals(OptimisationPlan.STEPS_IN_ALL);
            if (parts.needed[value.id()] && !special) {
                data.put(name, value.type());
            }
        });
        Map<String, ValueType> perStep = new LinkedHashMap<>();
        plan.perStep().stream()
                .sorted()
                .filter(name -> parts.needed[graph.inputs().get(name).id()])
                .forEach(name -> perStep.put(name, graph.inputs().get(name).type()));
        return new StepTypes(
                types(plan.variables()),
                types(plan.tracked().keySet()),
                types(state.keySet()),
                Collections.unmodifiableMap(data),
                Collections.unmodifiableMap(perStep),
                report.shape().elements());
    }

    private Map<String, ValueType> types(Collection<String> names) {
        Map<String, ValueType> types = new LinkedHashMap<>();
        names.forEach(name -> types.put(name, graph.inputs().get(name).type()));
        return Collections.unmodifiableMap(types);
    }
}
