package org.saminversion.graph;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A network that somebody else exported as ONNX, with shapes of its own. Thread-safe, except that nothing may run while it is closed.
 *
 * <p>The file is read from memory, so it cannot name further files; no libraries of custom operators are loaded.
 */
public final class ForeignModel implements AutoCloseable {
    private static final Map<OnnxJavaType, ElementType> ELEMENTS = Map.of(
            OnnxJavaType.FLOAT, ElementType.FLOAT32,
            OnnxJavaType.INT32, ElementType.INT32,
            OnnxJavaType.INT64, ElementType.INT64);

    private final OrtSession.SessionOptions options;
    private final OrtSession session;
    private final Map<String, Input> inputs;
    private final List<String> outputs;

    /**
     * What the model takes.
     *
     * @param sizes of its axes, -1 for those that are open
     */
    public record Input(ElementType element, List<Integer> sizes) {}

    private ForeignModel(OrtSession.SessionOptions options, OrtSession session) throws OrtException {
        this.options = options;
        this.session = session;
        Map<String, Input> taken = new LinkedHashMap<>();
        for (NodeInfo input : session.getInputInfo().values()) {
            taken.put(input.getName(), input(input));
        }
        this.inputs = Collections.unmodifiableMap(taken);
        this.outputs = List.copyOf(session.getOutputInfo().keySet());
    }

    private static Input input(NodeInfo input) {
        if (input.getInfo() instanceof TensorInfo tensor && ELEMENTS.containsKey(tensor.type)) {
            return new Input(
                    ELEMENTS.get(tensor.type),
                    Arrays.stream(tensor.getShape()).mapToObj(Math::toIntExact).toList());
        }
        throw new ProgramException(
                "'" + input.getName() + "' of the model must be a tensor of float32, int32 or int64, not "
                        + input.getInfo(),
                null);
    }

    /**
     * @param file the bytes of an {@code .onnx} file
     * @throws ProgramException if ONNX Runtime refuses it, or it takes other things than tensors of float32, int32 and int64
     */
    public static ForeignModel parse(byte[] file, RuntimeOptions runtime) {
        OrtSession.SessionOptions options = new OrtSession.SessionOptions();
        try {
            options.setIntraOpNumThreads(runtime.threads());
            options.setInterOpNumThreads(1);
            options.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL);
            OrtSession session = NativeRuntime.environment().createSession(file, options);
            try {
                return new ForeignModel(options, session);
            } catch (OrtException | ProgramException e) {
                session.close();
                throw e;
            }
        } catch (OrtException e) {
            options.close();
            throw new ProgramException("ONNX Runtime refused the model: " + e.getMessage(), e);
        } catch (ProgramException e) {
            options.close();
            throw e;
        }
    }

    /** The same for a network of one float32 input. @throws ProgramException likewise, or if it has others */
    public static ForeignModel parseOfOneInput(byte[] file, RuntimeOptions runtime) {
        ForeignModel model = parse(file, runtime);
        boolean fits = model.inputs.size() == 1
                && model.inputs.values().iterator().next().element() == ElementType.FLOAT32;
        if (!fits) {
            model.close();
            throw new ProgramException("the model must have one input of float32, and it has " + model.inputs, null);
        }
        return model;
    }

    /** Its inputs by name, in the file's order. */
    public Map<String, Input> inputs() {
        return inputs;
    }

    /** The names of its outputs, in the file's order. */
    public List<String> outputs() {
        return outputs;
    }

    /**
     * The first output of a model of one input.
     *
     * @throws ProgramException if the model does not take inputs of this shape
     */
    public Tensor run(Tensor value) {
        return run(Map.of(inputs.keySet().iterator().next(), value), outputs.get(0));
    }

    /**
     * One of its outputs.
     *
     * @param values one for each input
     * @throws IllegalArgumentException if a value is not of the input's element type
     * @throws ProgramException if the model does not take inputs of these shapes, or the output is not float32
     */
    public Tensor run(Map<String, Tensor> values, String output) {
        Map<String, OnnxTensor> given = new LinkedHashMap<>();
        try {
            for (Map.Entry<String, Tensor> value : values.entrySet()) {
                Tensor tensor = value.getValue();
                if (tensor.type() != inputs.get(value.getKey()).element()) {
                    throw new IllegalArgumentException("the model takes "
                            + inputs.get(value.getKey()).element() + " for " + value.getKey() + ", not " + tensor);
                }
                given.put(value.getKey(), Session.wrap(tensor.type(), tensor.shape(), tensor.directBytes()));
            }
            try (OrtSession.Result results = session.run(given, Set.of(output))) {
                return copied(results);
            }
        } catch (OrtException e) {
            throw new ProgramException("ONNX Runtime failed: " + e.getMessage(), e);
        } finally {
            given.values().forEach(OnnxTensor::close);
        }
    }

    /** A copy: the result's own memory goes back to ONNX Runtime. */
    private static Tensor copied(OrtSession.Result results) {
        if (!(results.get(0) instanceof OnnxTensor result) || result.getInfo().type != OnnxJavaType.FLOAT) {
            throw new ProgramException("the model's output must be a tensor of float32", null);
        }
        long[] sizes = result.getInfo().getShape();
        int[] shape = new int[sizes.length];
        for (int i = 0; i < shape.length; i++) {
            shape[i] = Math.toIntExact(sizes[i]);
        }
        ByteBuffer bytes = result.getByteBuffer();
        ByteBuffer own = ByteBuffer.allocateDirect(bytes.remaining()).put(bytes).flip();
        return Tensor.of(ElementType.FLOAT32, Shape.of(shape), own);
    }

    @Override
    public void close() {
        try {
            session.close();
            options.close();
        } catch (OrtException e) {
            throw new ProgramException("ONNX Runtime could not close the model: " + e.getMessage(), e);
        }
    }
}
