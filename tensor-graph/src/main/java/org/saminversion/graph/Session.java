package org.saminversion.graph;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.providers.OrtCUDAProviderOptions;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/** One compiled ONNX model in ONNX Runtime. Thread-safe, except that nothing may run while it is closed. */
final class Session implements AutoCloseable {
    /** Of constants: a model that has more makes it worthwhile to give memory back. */
    private static final long LARGE_BYTES = 1 << 27;
    /** Of results: Java does not see how much memory lies behind them, and would keep those that nobody needs. */
    private static final long RETURNED_BYTES_MAX = 1 << 27;

    private final OrtSession.SessionOptions options;
    private final OrtSession session;
    private final Map<String, OnnxTensor> lent = new LinkedHashMap<>();
    /** Whether what the making of the program has left behind takes memory. */
    private final AtomicBoolean leftovers;

    private final AtomicLong returnedBytes = new AtomicLong();

    Session(OnnxModel model, RuntimeOptions runtime) {
        OrtSession.SessionOptions created = new OrtSession.SessionOptions();
        try (LargeConstants constants = model.constants()) {
            created.setIntraOpNumThreads(runtime.threads());
            created.setInterOpNumThreads(1);
            created.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.ALL_OPT);
            // A plan of the memory of one run is a block beside what earlier runs have taken: 0.8 GiB of a step at 512
            // pixels.
            created.setMemoryPatternOptimization(false);
            // What fails is told by an exception.
            created.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL);
            // Adam's second moments decay into denormal numbers, which are slow on x86.
            created.addConfigEntry("session.set_denormal_as_zero", "1");
            created.addConfigEntry("session.intra_op.allow_spinning", runtime.waiting() == Waiting.SPIN ? "1" : "0");
            // Between two runs nobody spins.
            created.addConfigEntry("session.force_spinning_stop", "1");
            if (constants.folder().isPresent()) {
                created.addConfigEntry(
                        "session.model_external_initializers_file_folder_path",
                        constants.folder().get().toString());
            }
            boolean large = constants.bytes() >= LARGE_BYTES;
            if (large) {
                FreeMemory.giveBack();
            }
            if (runtime.device() == Device.CUDA) {
                addCuda(created);
            }
            if (runtime.profilePrefix().isPresent()) {
                created.enableProfiling(runtime.profilePrefix().get());
            }
            ByteBuffer bytes = ByteBuffer.allocateDirect(model.proto().getSerializedSize());
            model.proto().writeTo(com.google.protobuf.CodedOutputStream.newInstance(bytes));
            this.session = NativeRuntime.environment().createSession(bytes.rewind(), created);
            this.leftovers = new AtomicBoolean(large);
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
        Map<String, Tensor> results = room(outputs);
        runInto(inputs, results);
        return results;
    }

    /** The same for models that seldom run: the memory that they need meanwhile goes back to the system. */
    Map<String, Tensor> runSeldom(Map<String, Tensor> inputs, Map<String, ValueType> outputs) {
        Map<String, Tensor> results = room(outputs);
        try (OrtSession.RunOptions options = new OrtSession.RunOptions()) {
            options.addRunConfigEntry("memory.enable_memory_arena_shrinkage", "cpu:0");
            runInto(inputs, results, options);
            return results;
        } catch (OrtException e) {
            throw failed(e);
        }
    }

    /** Tensors for the results of {@link #runInto}. */
    Map<String, Tensor> room(Map<String, ValueType> outputs) {
        if (leftovers.getAndSet(false)) {
            // By now nobody needs the graph any more.
            FreeMemory.giveBack();
        }
        collectResults(outputs.values());
        Map<String, Tensor> room = new LinkedHashMap<>();
        outputs.forEach((name, type) -> room.put(
                name,
                Tensor.of(
                        type.element(),
                        type.shape(),
                        ByteBuffer.allocateDirect(
                                type.shape().elements() * type.element().bytes()))));
        return room;
    }

    /**
     * Runs the model.
     *
     * @param results what is overwritten: tensors that nobody else has seen yet
     */
    void runInto(Map<String, Tensor> inputs, Map<String, Tensor> results) {
        try {
            runInto(inputs, results, null);
        } catch (OrtException e) {
            throw failed(e);
        }
    }

    private static ProgramException failed(OrtException cause) {
        NativeRuntime.awaitEndOfProcess();
        return new ProgramException("ONNX Runtime failed: " + cause.getMessage(), cause);
    }

    private void runInto(Map<String, Tensor> inputs, Map<String, Tensor> results, OrtSession.RunOptions options)
            throws OrtException {
        Map<String, OnnxTensor> given = new LinkedHashMap<>();
        Map<String, OnnxTensor> pinned = new LinkedHashMap<>();
        try {
            for (Map.Entry<String, Tensor> input : inputs.entrySet()) {
                given.put(input.getKey(), wrap(input.getValue()));
            }
            for (Map.Entry<String, Tensor> result : results.entrySet()) {
                pinned.put(result.getKey(), wrap(result.getValue()));
            }
            Map<String, OnnxTensor> all = new LinkedHashMap<>(lent);
            all.putAll(given);
            session.run(all, Set.of(), pinned, options).close();
        } finally {
            given.values().forEach(OnnxTensor::close);
            pinned.values().forEach(OnnxTensor::close);
        }
    }

    private void collectResults(Collection<ValueType> next) {
        long bytes = next.stream()
                .mapToLong(
                        type -> (long) type.shape().elements() * type.element().bytes())
                .sum();
        if (returnedBytes.addAndGet(bytes) > RETURNED_BYTES_MAX) {
            returnedBytes.set(bytes);
            System.gc();
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
