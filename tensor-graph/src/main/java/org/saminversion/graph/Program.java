package org.saminversion.graph;

import java.util.LinkedHashMap;
import java.util.Map;

/** A graph's outputs as a compiled function of its inputs. Thread-safe. */
public final class Program implements AutoCloseable {
    private final Map<String, ValueType> inputs;
    private final Map<String, ValueType> outputs;
    private final Session session;

    private Program(Map<String, ValueType> inputs, Map<String, ValueType> outputs, Session session) {
        this.inputs = inputs;
        this.outputs = outputs;
        this.session = session;
    }

    /**
     * Compiles the part of the graph that the outputs need.
     *
     * @param wanted the outputs, at least one, by name; names must not be those of inputs
     */
    public static Program compile(Graph written, Map<String, Value> wanted, RuntimeOptions options) {
        FastForm fast = new FastForm(written, wanted.values());
        Map<String, Value> outputs = new LinkedHashMap<>();
        wanted.forEach((name, value) -> outputs.put(name, fast.at(value)));
        return compileAsWritten(fast.graph(), outputs, options);
    }

    /** The same from the operators of the graph itself. */
    static Program compileAsWritten(Graph graph, Map<String, Value> outputs, RuntimeOptions options) {
        boolean[] needed = graph.needed(outputs.values());
        assert CudaKernels.read().missing(graph, needed).isEmpty()
                : CudaKernels.read().missing(graph, needed);
        OnnxWriter writer = new OnnxWriter("program", "", Map.of(), new LargeConstants());
        Map<String, ValueType> inputTypes = new LinkedHashMap<>();
        graph.inputs().forEach((name, value) -> {
            if (needed[value.id()]) {
                inputTypes.put(name, value.type());
                writer.names().put(value.id(), name);
                writer.target().addInput(OnnxWriter.info(name, value.type()));
            }
        });
        writer.writeNodes(graph, needed);
        Map<String, ValueType> outputTypes = new LinkedHashMap<>();
        outputs.forEach((name, value) -> {
            writer.alias(writer.names().get(value.id()), name);
            writer.target().addOutput(OnnxWriter.info(name, value.type()));
            outputTypes.put(name, value.type());
        });
        return new Program(inputTypes, outputTypes, new Session(writer.model(), options));
    }

    /** The inputs that the outputs depend on. */
    public Map<String, ValueType> inputs() {
        return Map.copyOf(inputs);
    }

    /**
     * Computes all outputs.
     *
     * @param values one for each of {@link #inputs()}
     * @throws IllegalArgumentException if one is missing, unknown or of another type
     */
    public Map<String, Tensor> run(Map<String, Tensor> values) {
        TensorTypes.require(inputs, values);
        return session.run(values, outputs);
    }

    @Override
    public void close() {
        session.close();
    }
}
