package org.saminversion.inversion.training;

import java.util.Map;
import org.saminversion.graph.OptimisationLoop;
import org.saminversion.graph.OptimisationState;
import org.saminversion.graph.Tensor;

/** What is trained: a network's loop, its batches, and how good it is on images that it was not trained on. */
public interface TrainingTask extends AutoCloseable {
    /** The compiled training step. Its first reported number is the loss of the batch. */
    OptimisationLoop loop();

    /** The untrained network. */
    OptimisationState start();

    /** Images in a batch. */
    int batch();

    /**
     * What the steps take: a pure function of the step's number.
     *
     * @return by name, for {@link OptimisationLoop#run}: what stays fixed, and what changes with a first axis of {@code steps}
     */
    Map<String, Tensor> batches(int firstStep, int steps);

    /** The loss on the validation images; lower is better. @param values variables and tracked values by name */
    double validationLoss(Map<String, Tensor> values);

    @Override
    void close();
}
