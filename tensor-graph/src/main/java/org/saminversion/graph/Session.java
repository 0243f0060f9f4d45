package org.saminversion.graph;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.providers.OrtCUDAProviderOptions;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** One compiled ONNX model in ONNX Runtime. Thread-safe, except that nothing may run while it is closed. */
final class Session implements AutoCloseable {
    private final OrtSession.SessionOptions options;
    private final OrtSession session;
    private final Map<String, OnnxTensor> lent = new LinkedHashMap<>();

    Session(OnnxModel model, RuntimeOptions runtime) {
        OrtSession.SessionOptions created = new OrtSession.SessionOptions();
        try {
            created.setIntraOpNumThreads(runtime.threads());
            created.setInterOpNumThreads(1);
            created.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.ALL_OPT);
            created.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR);
            // Adam's second moments decay into denormal numbers, which are slow on x86.
            created.addConfigEntry("session.set_denormal_as_zero", "1");
            created.addConfigEntry("session.intra_op.allow_spinning", runtime.waiting() == Waiting.SPIN ? "1" : "0");
            // Between two runs nobody spins.
            created.addConfigEntry("session.force_spinning_stop", "1");
            if (runtime.device() == Device.CUDA) {
                addCuda(created);
            }
            if (runtime.profilePrefix().isPresent()) {
                created.enableProfiling(runtime.profilePrefix().get());
            }
            ByteBuffer bytes = ByteBuffer.allocateDirect(model.proto().getSerializedSize());
            model.proto().writeTo(com.google.protobuf.CodedOutputStream.newInstance(bytes));
            this.session = NativeRuntime.environment().createSession(bytes.rewind(), created);
            for (Map.Entry<String, Tensor> input : model.lent().entrySet()) {
                lent.put(input.getKey(), wrap(input.getValue()));
            }
        } catch (OrtException | java.io.IOException e) {
            created.close();
            throw new ProgramException("ONNX Runtime refused the program: " + e.getMessage(), e);
        }
        this.options = created;
    }

    /** The first device; products in float32 as on the CPU, where newer devices would round their factors to 10 bits. */
    private static void addCuda(OrtSession.SessionOptions options) throws OrtException {
        try (OrtCUDAProviderOptions cuda = new OrtCUDAProviderOptions(0)) {
            cuda.add("use_tf32", "0");
            options.addCUDA(cuda);
        }
    }

    /** Runs the model; results are written straight into the tensors that are returned. */
    Map<String, Tensor> run(Map<String, Tensor> inputs, Map<String, ValueType> outputs) {
        Map<String, OnnxTensor> given = new LinkedHashMap<>();
        Map<String, OnnxTensor> pinned = new LinkedHashMap<>();
        Map<String, Tensor> results = new LinkedHashMap<>();
        try {
            for (Map.Entry<String, Tensor> input : inputs.entrySet()) {
                given.put(input.getKey(), wrap(input.getValue()));
            }
            Map<String, OnnxTensor> all = new LinkedHashMap<>(lent);
            all.putAll(given);
            for (Map.Entry<String, ValueType> output : outputs.entrySet()) {
                ValueType type = output.getValue();
                ByteBuffer bytes = ByteBuffer.allocateDirect(
                                type.shape().elements() * type.element().bytes())
                        .order(ByteOrder.LITTLE_ENDIAN);
                pinned.put(output.getKey(), wrap(type.element(), type.shape(), bytes));
                results.put(output.getKey(), Tensor.of(type.element(), type.shape(), bytes));
            }
            session.run(all, Set.of(), pinned).close();
            return results;
        } catch (OrtException e) {
            throw new ProgramException("ONNX Runtime failed: " + e.getMessage(), e);
        } finally {
            given.values().forEach(OnnxTensor::close);
            pinned.values().forEach(OnnxTensor::close);
        }
    }

    private static OnnxTensor wrap(Tensor tensor) throws OrtException {
        return wrap(tensor.type(), tensor.shape(), tensor.directBytes());
    }

    static OnnxTensor wrap(ElementType type, Shape shape, ByteBuffer bytes) throws OrtException {
        OnnxJavaType javaType = switch (type) {
            case FLOAT32 -> OnnxJavaType.FLOAT;
            case FLOAT64 -> OnnxJavaType.DOUBLE;
            case INT32 -> OnnxJavaType.INT32;
            case INT64 -> OnnxJavaType.INT64;
            case UINT8 -> OnnxJavaType.UINT8;
            case BOOL -> OnnxJavaType.BOOL;
        };
        return OnnxTensor.createTensor(NativeRuntime.environment(), bytes, shape.toLongArray(), javaType);
    }

    @Override
    public void close() {
        try {
            lent.values().forEach(OnnxTensor::close);
            session.close();
            options.close();
        } catch (OrtException e) {
            throw new ProgramException("ONNX Runtime could not close the program: " + e.getMessage(), e);
        }
    }
}
