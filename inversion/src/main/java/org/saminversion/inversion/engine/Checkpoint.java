package org.saminversion.inversion.engine;

import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import org.saminversion.graph.OptimisationState;
import org.saminversion.graph.Tensor;
import org.saminversion.inversion.failure.JobFailure;
import org.saminversion.inversion.file.SafetensorsFile;

/** The state of an optimisation as a safetensors file: variables and what the descent remembers in full precision, and the step. */
final class Checkpoint {
    private static final String STEP = "step";
    private static final String VALUE = "value/";
    private static final String FIRST = "first-moment/";
    private static final String SECOND = "second-moment/";
    /** Of the names of columns, see {@link PackedColumns}. */
    private static final String COLUMNS = "/columns";

    private Checkpoint() {}

    static byte[] write(OptimisationState state) {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        state.values()
                .forEach((name, tensor) -> PackedColumns.of(tensor)
                        .ifPresentOrElse(
                                packed -> {
                                    tensors.put(VALUE + name, packed.values());
                                    tensors.put(VALUE + name + COLUMNS, packed.columns());
                                },
                                () -> tensors.put(VALUE + name, tensor)));
        state.firstMoments().forEach((name, tensor) -> tensors.put(FIRST + name, tensor));
        state.secondMoments().forEach((name, tensor) -> tensors.put(SECOND + name, tensor));
        return SafetensorsFile.of(tensors, Map.of(STEP, Integer.toString(state.step())))
                .toBytes();
    }

    /** @param variables what the checkpoint must hold, with the right shapes */
    static OptimisationState read(byte[] bytes, Map<String, Tensor> variables, int steps) {
        return read(bytes, OptimisationState.start(variables), steps);
    }

    /** @param like what the checkpoint must hold, with the right shapes */
    static OptimisationState read(byte[] bytes, OptimisationState like, int steps) {
        SafetensorsFile file = SafetensorsFile.parse(ByteBuffer.wrap(bytes), "checkpoint");
        return new OptimisationState(
                tensors(file, VALUE, like.values()),
                tensors(file, FIRST, like.firstMoments()),
                tensors(file, SECOND, like.secondMoments()),
                step(file, steps));
    }

    /** The step that a checkpoint stands at. @throws JobFailure.Rejected if it has none, or one beyond the end */
    static int step(byte[] bytes, int steps) {
        return step(SafetensorsFile.parse(ByteBuffer.wrap(bytes), "checkpoint"), steps);
    }

    private static Map<String, Tensor> tensors(SafetensorsFile file, String kind, Map<String, Tensor> like) {
        Map<String, Tensor> read = new LinkedHashMap<>();
        like.forEach((name, one) -> read.put(name, tensor(file, kind + name, one)));
        return read;
    }

    private static Tensor tensor(SafetensorsFile file, String name, Tensor like) {
        Tensor tensor = unpacked(file, name, like);
        if (!tensor.shape().equals(like.shape()) || tensor.type() != like.type()) {
            throw invalid("its tensor " + name + " is " + tensor + ", not " + like);
        }
        return tensor;
    }

    private static Tensor unpacked(SafetensorsFile file, String name, Tensor like) {
        Tensor stored = file.tensor(name);
        if (!file.tensors().containsKey(name + COLUMNS)) {
            return stored;
        }
        try {
            return new PackedColumns(file.tensor(name + COLUMNS), stored).unpacked(like.shape());
        } catch (IllegalArgumentException unfit) {
            throw invalid("in its tensor " + name + ", " + unfit.getMessage());
        }
    }

    private static int step(SafetensorsFile file, int steps) {
        String text = file.metadata().getOrDefault(STEP, "missing");
        if (text.matches("[0-9]{1,9}") && Integer.parseInt(text) <= steps) {
            return Integer.parseInt(text);
        }
        throw invalid("its step is " + text + " of " + steps);
    }

    private static JobFailure.Rejected invalid(String what) {
        return new JobFailure.Rejected(
                "checkpoint-invalid",
                "the checkpoint does not belong to this job: " + what + "; start again without it");
    }
}
