package org.saminversion.inversion.training;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.OptionalDouble;
import org.saminversion.graph.OptimisationLoop;
import org.saminversion.graph.OptimisationState;
import org.saminversion.graph.Tensor;
import org.saminversion.inversion.failure.JobFailure;
import org.saminversion.inversion.file.SafetensorsFile;

/**
 * Trains a network in a folder: {@code checkpoint.safetensors}, from which the same call goes on with the same bits,
 * {@code best.safetensors} with the values that were best on the validation images, and {@code training.jsonl}.
 */
public final class Training {
    public static final String LOG = "training.jsonl";
    private static final String CHECKPOINT = "checkpoint.safetensors";
    private static final String BEST = "best.safetensors";

    private final TrainingTask task;
    private final TrainingSettings settings;
    private final Path folder;
    private final InstantSource clock;
    private final TrainingListener listener;
    private final TrainingLog log;

    public Training(
            TrainingTask task, TrainingSettings settings, Path folder, InstantSource clock, TrainingListener listener) {
        this.task = task;
        this.settings = settings;
        this.folder = folder;
        this.clock = clock;
        this.listener = listener;
        this.log = new TrainingLog(folder.resolve(LOG));
    }

    /**
     * Trains to the end, or until the validation loss has stopped falling.
     *
     * @return the values that were best on the validation images
     * @throws JobFailure.Poisoned if the loss is no number any more; the checkpoint before it stays
     * @throws JobFailure.Transient if the disk is full
     * @throws JobFailure.Rejected if the folder holds another training
     */
    public Map<String, Tensor> run() {
        createFolder();
        OptimisationState start = task.start();
        TrainingCheckpoint now = TrainingCheckpoint.read(folder.resolve(CHECKPOINT), start)
                .orElse(new TrainingCheckpoint(start, Double.POSITIVE_INFINITY, 0));
        log.cutAfter(now.state().step());
        while (now.state().step() < settings.steps() && !isStale(now)) {
            now = untilNextCheckpoint(now);
        }
        return SafetensorsFile.read(folder.resolve(BEST)).tensors();
    }

    private boolean isStale(TrainingCheckpoint now) {
        return now.state().step() - now.bestStep() >= settings.patience() * settings.stepsPerCheckpoint();
    }

    private TrainingCheckpoint untilNextCheckpoint(TrainingCheckpoint before) {
        OptimisationState state = before.state();
        int end = Math.min(settings.steps(), state.step() + settings.stepsPerCheckpoint());
        while (state.step() < end) {
            long from = clock.millis();
            int steps = Math.min(settings.stepsPerRun(), end - state.step());
            OptimisationLoop.Outcome outcome =
                    task.loop().run(state, task.batches(state.step(), steps), steps, settings.steps());
            double loss = meanLoss(outcome.reports(), state.step(), before);
            state = outcome.state();
            OptionalDouble validation =
                    state.step() == end ? OptionalDouble.of(validated(state, before)) : OptionalDouble.empty();
            double seconds = Math.max(1, clock.millis() - from) / 1000.0;
            tell(new TrainingLog.Entry(
                    state.step(), settings.steps(), loss, validation, steps * task.batch() / seconds));
            if (validation.isPresent()) {
                return checkpoint(before, state, validation.getAsDouble());
            }
        }
        throw new IllegalStateException("a training beyond its end");
    }

    private double validated(OptimisationState state, TrainingCheckpoint before) {
        double loss = task.validationLoss(state.values());
        if (!Double.isFinite(loss)) {
            throw noNumber(state.step(), before);
        }
        return loss;
    }

    private void tell(TrainingLog.Entry entry) {
        log.add(entry);
        listener.trained(entry);
    }

    private double meanLoss(Tensor reports, int firstStep, TrainingCheckpoint before) {
        double[] numbers = reports.toDoubles();
        int steps = reports.shape().size(0);
        double sum = 0;
        for (int i = 0; i < steps; i++) {
            double loss = numbers[i * numbers.length / steps];
            if (!Double.isFinite(loss)) {
                throw noNumber(firstStep + i, before);
            }
            sum += loss;
        }
        return sum / steps;
    }

    private static JobFailure.Poisoned noNumber(int step, TrainingCheckpoint before) {
        return new JobFailure.Poisoned("the loss is no number at step " + step + "; the checkpoint of step "
                + before.state().step() + " is the last good one, and the best weights so far are those of step "
                + before.bestStep() + ". Train again with a smaller learning rate.");
    }

    private TrainingCheckpoint checkpoint(TrainingCheckpoint before, OptimisationState state, double validation) {
        boolean better = validation < before.bestLoss();
        if (better) {
            SafetensorsFile.of(state.values(), Map.of("step", Integer.toString(state.step())))
                    .write(folder.resolve(BEST));
        }
        TrainingCheckpoint after = new TrainingCheckpoint(
                state, better ? validation : before.bestLoss(), better ? state.step() : before.bestStep());
        after.write(folder.resolve(CHECKPOINT));
        return after;
    }

    private void createFolder() {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new JobFailure.Transient("cannot make the folder " + folder + ": " + e.getMessage(), e);
        }
    }
}
