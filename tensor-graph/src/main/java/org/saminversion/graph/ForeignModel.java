package org.saminversion.graph;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Map;
import java.util.Set;

/**
 * A network that somebody else exported as ONNX: one input and at least one output, both FLOAT32, the shapes its own.
 * Thread-safe, except that nothing may run while it is closed.
 *
 * <p>The file is read from memory, so it cannot name further files; no libraries of custom operators are loaded.
 */
public final class ForeignModel implements AutoCloseable {
    private final OrtSession.SessionOptions options;
    private final OrtSession session;
    private final String input;
    private final String output;

    private ForeignModel(OrtSession.SessionOptions options, OrtSession session) throws OrtException {
        this.options = options;
        this.session = session;
        Set<String> inputs = session.getInputNames();
        if (inputs.size() != 1) {
            throw new ProgramException("the model must have one input, and it has " + inputs, null);
        }
        this.input = inputs.iterator().next();
        this.output = session.getOutputNames().iterator().next();
        requireFloats(input, session.getInputInfo().get(input).getInfo());
        requireFloats(output, session.getOutputInfo().get(output).getInfo());
    }

    private static void requireFloats(String name, Object info) {
        if (!(info instanceof TensorInfo tensor) || tensor.type != OnnxJavaType.FLOAT) {
            throw new ProgramException("'" + name + "' of the model must be a tensor of float32, not " + info, null);
        }
    }

    /**
     * @param file the bytes of an {@code .onnx} file
     * @throws ProgramException if ONNX Runtime refuses it, or it has other inputs or outputs
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

    /**
     * Its first output for this input.
     *
     * @throws ProgramException if the model does not take inputs of this shape
     */
    public Tensor run(Tensor value) {
        if (value.type() != ElementType.FLOAT32) {
            throw new IllegalArgumentException("the model takes float32, not " + value);
        }
        FloatBuffer floats = value.directBytes().order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
        try (OnnxTensor given = OnnxTensor.createTensor(
                        NativeRuntime.environment(), floats, value.shape().toLongArray());
                OrtSession.Result results = session.run(Map.of(input, given), Set.of(output))) {
            // Closed together with the results.
            OnnxTensor result = (OnnxTensor) results.get(0);
            long[] sizes = result.getInfo().getShape();
            int[] shape = new int[sizes.length];
            for (int i = 0; i < shape.length; i++) {
                shape[i] = Math.toIntExact(sizes[i]);
            }
            // A copy: the result's own memory goes back to ONNX Runtime.
            ByteBuffer own = ByteBuffer.allocateDirect(result.getByteBuffer().remaining())
                    .put(result.getByteBuffer())
                    .flip();
            return Tensor.of(ElementType.FLOAT32, Shape.of(shape), own);
        } catch (OrtException e) {
            throw new ProgramException("ONNX Runtime failed: " + e.getMessage(), e);
        }
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
