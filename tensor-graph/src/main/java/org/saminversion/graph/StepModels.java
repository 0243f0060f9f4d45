package org.saminversion.graph;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** One step as an ONNX model of its own, and what does not change from step to step as another one before it. */
final class StepModels {
    private final StepGraph step;
    private final Graph graph;
    /** What the step takes over from the model before it, by the name that it has in both. */
    private final Map<String, Value> prepared = new LinkedHashMap<>();
    /** What it takes as it is given. */
    private final Map<String, Value> given = new LinkedHashMap<>();

    /** What is part of the step's model, and what follows from that alone: ONNX Runtime computes it when it compiles. */
    private final boolean[] constants;

    StepModels(StepGraph step) {
        this.step = step;
        this.graph = step.graph();
        boolean[] varying = graph.dependents(graph.inputs().values());
        List<Value> fixed = new ArrayList<>();
        for (Value value : takenOver()) {
            if (value.node().op() instanceof Source.Input input) {
                given.put(input.name(), value);
            } else if (varying[value.id()]) {
                prepared.put("prepared." + value.id(), value);
            } else {
                fixed.add(value);
            }
        }
        this.constants = graph.needed(fixed);
    }

    /** Whatever the step needs and does not compute itself. */
    private List<Value> takenOver() {
        boolean[] body = step.parts().body();
        SortedSet<Integer> ids = new TreeSet<>();
        step.results().forEach(result -> ids.add(result.id()));
        for (int id = 0; id < graph.size(); id++) {
            if (body[id]) {
                ids.addAll(graph.node(id).inputs());
            }
        }
        return ids.stream().filter(id -> !body[id]).map(graph::value).toList();
    }

    /** The values that each step takes over from {@link #before()}, by name. */
    Map<String, ValueType> prepared() {
        Map<String, ValueType> types = new LinkedHashMap<>();
        prepared.forEach((name, value) -> types.put(name, value.type()));
        return types;
    }

    /** The inputs that {@link #before()} takes, out of the data and the number of all steps. */
    Set<String> givenBefore() {
        boolean[] needed = graph.needed(prepared.values());
        return graph.inputs().entrySet().stream()
                .filter(input -> needed[input.getValue().id()])
                .map(Map.Entry::getKey)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Those that each step takes as they are. */
    Set<String> given() {
        return Set.copyOf(given.keySet());
    }

    /** From data to {@link #prepared()}; nothing if there is none. */
    Optional<OnnxModel> before() {
        if (prepared.isEmpty()) {
            return Optional.empty();
        }
        OnnxWriter writer = new OnnxWriter("before", "o", Map.of(), new LargeConstants());
        givenBefore().stream().sorted().forEach(name -> {
            Value input = graph.inputs().get(name);
            writer.input(input.id(), name, input.type());
        });
        boolean[] needed = graph.needed(prepared.values());
        writer.writeResults(graph, needed, prepared);
        return Optional.of(writer.model());
    }

    /** From the state, {@link #given()}, {@link #prepared()} and the draws of a step to the next state and the report. */
    OnnxModel step() {
        OnnxWriter writer = new OnnxWriter("step", "b", Map.of(), new LargeConstants());
        step.state().forEach((name, value) -> writer.input(value.id(), name, value.type()));
        step.types()
                .perStep()
                .forEach((name, type) -> writer.input(graph.inputs().get(name).id(), name, type));
        given.forEach((name, value) -> writer.input(value.id(), name, value.type()));
        prepared.forEach((name, value) -> writer.input(value.id(), name, value.type()));
        writer.writeNodes(graph, constants);
        Map<String, Value> results = new LinkedHashMap<>();
        step.next().forEach((name, value) -> results.put(LoopModel.NEXT + name, value));
        results.put(LoopModel.REPORTS, step.report());
        writer.writeResults(graph, step.parts().body(), results);
        return writer.model();
    }
}
