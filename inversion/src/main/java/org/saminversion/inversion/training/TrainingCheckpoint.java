package org.saminversion.inversion.training;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.saminversion.graph.OptimisationState;
import org.saminversion.graph.Tensor;
import org.saminversion.inversion.failure.JobFailure;
import org.saminversion.inversion.file.SafetensorsFile;

/**
 * Where a training stands, as a safetensors file.
 *
 * @param bestLoss the lowest validation loss so far
 * @param bestStep the step at which it was
 */
record TrainingCheckpoint(OptimisationState state, double bestLoss, int bestStep) {
    private static final String VALUE = "value/";
    private static final String FIRST = "first-moment/";
    private static final String SECOND = "second-moment/";
    private static final String STEP = "step";
    private static final String BEST_LOSS = "best_loss";
    private static final String BEST_STEP = "best_step";

    void write(Path file) {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        state.values().forEach((name, tensor) -> tensors.put(VALUE + name, tensor));
        state.firstMoments().forEach((name, tensor) -> tensors.put(FIRST + name, tensor));
        state.secondMoments().forEach((name, tensor) -> tensors.put(SECOND + name, tensor));
        SafetensorsFile.of(
                        tensors,
                        Map.of(
                                STEP, Integer.toString(state.step()),
                                BEST_LOSS, Double.toString(bestLoss),
                                BEST_STEP, Integer.toString(bestStep)))
                .write(file);
    }

    /** @param like an untrained state of the same network; @throws JobFailure.Rejected if the file is of another training */
    static Optional<TrainingCheckpoint> read(Path file, OptimisationState like) {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        SafetensorsFile read = SafetensorsFile.read(file);
        try {
            OptimisationState state = new OptimisationState(
                    tensors(read, VALUE, like.values(), file),
                    tensors(read, FIRST, like.firstMoments(), file),
                    tensors(read, SECOND, like.secondMoments(), file),
                    Integer.parseInt(read.metadata().getOrDefault(STEP, "missing")));
            return Optional.of(new TrainingCheckpoint(
                    state,
                    Double.parseDouble(read.metadata().getOrDefault(BEST_LOSS, "missing")),
                    Integer.parseInt(read.metadata().getOrDefault(BEST_STEP, "missing"))));
        } catch (NumberFormatException e) {
            throw other(file, "its notes are damaged");
        }
    }

    private static Map<String, Tensor> tensors(
            SafetensorsFile read, String prefix, Map<String, Tensor> like, Path file) {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        like.forEach((name, wanted) -> {
            Tensor tensor = read.tensors().get(prefix + name);
            if (tensor == null || !tensor.shape().equals(wanted.shape())) {
                throw other(file, "its " + prefix + name + " is " + tensor + ", not " + wanted);
            }
            tensors.put(name, tensor);
        });
        return tensors;
    }

    private static JobFailure.Rejected other(Path file, String why) {
        return new JobFailure.Rejected(
                "checkpoint-invalid",
                file + " is the checkpoint of another training: " + why + "; choose another folder, or remove it");
    }
}
