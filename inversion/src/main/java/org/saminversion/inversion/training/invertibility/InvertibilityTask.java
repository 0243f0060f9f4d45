package org.saminversion.inversion.training.invertibility;

import java.util.List;
import java.util.Map;
import org.saminversion.graph.Tensor;
import org.saminversion.inversion.bundle.InvertibilityDescription;
import org.saminversion.inversion.training.TrainingTask;

/** Fits a network that predicts invertibility maps to the errors of inversions. */
sealed interface InvertibilityTask extends TrainingTask permits CompactTask, DeepLabTask {
    /** What the network is. */
    InvertibilityDescription.Kind kind();

    /** The network with these values of its variables and tracked statistics, until it is closed. */
    Predictor predictor(Map<String, Tensor> values);

    /** The tensors of the network's file. @param training the samples of the training */
    Map<String, Tensor> finished(Map<String, Tensor> values, ErrorSamples training);

    /** A network that does not change. */
    interface Predictor extends AutoCloseable {
        /** @return per candidate space [height*width] */
        List<float[]> of(ErrorSamples samples, int index);

        @Override
        void close();
    }
}
