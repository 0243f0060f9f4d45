package org.saminversion.inversion.training;

/**
 * How long a training lasts.
 *
 * @param steps of the whole training, for the learning rate's schedule
 * @param stepsPerRun steps of one run of the program; progress is told after each
 * @param stepsPerCheckpoint steps between checkpoints; each begins with a look at the validation images
 * @param patience checkpoints without a better validation loss after which the training ends early
 */
public record TrainingSettings(int steps, int stepsPerRun, int stepsPerCheckpoint, int patience) {
    public TrainingSettings {
        if (steps < 1 || stepsPerRun < 1 || stepsPerCheckpoint < 1 || patience < 1) {
            throw new IllegalArgumentException("steps and patience are at least 1");
        }
    }
}
