package org.saminversion.inversion.training.invertibility;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import org.saminversion.graph.Tensor;
import org.saminversion.inversion.network.segmentation.CompactInvertibility;
import org.saminversion.inversion.space.LatentSpace;

/**
 * What predictions are multiplied by. A network that learns logarithms predicts what is usual for a pixel, which is less than the mean;
 * but the mean over a segment is what its space is chosen by.
 *
 * @param factors by candidate space, above 0
 */
record Calibration(List<Double> factors) {
    /** The median over pictures of true mean by predicted mean. @param predictions of a picture, by candidate space */
    static Calibration of(ErrorSamples samples, List<LatentSpace> candidates, IntFunction<List<float[]>> predictions) {
        List<List<Double>> ratios = new ArrayList<>();
        candidates.forEach(space -> ratios.add(new ArrayList<>()));
        for (int i = 0; i < samples.size(); i++) {
            List<float[]> predicted = predictions.apply(i);
            for (int k = 0; k < candidates.size(); k++) {
                float[] truth = samples.errors().get(i).get(candidates.get(k));
                if (truth != null) {
                    ratios.get(k).add(InvertibilityQuality.mean(truth) / InvertibilityQuality.mean(predicted.get(k)));
                }
            }
        }
        return new Calibration(ratios.stream()
                .map(ofSpace -> ofSpace.stream().sorted().toList().get(ofSpace.size() / 2))
                .toList());
    }

    /** The network's tensors with these factors in the bias of its last layer. */
    Map<String, Tensor> applied(Map<String, Tensor> tensors) {
        Tensor before = tensors.get(CompactInvertibility.LAST_BIAS);
        float[] bias = before.toFloats();
        for (int k = 0; k < bias.length; k++) {
            bias[k] += (float) Math.log(factors.get(k));
        }
        Map<String, Tensor> changed = new HashMap<>(tensors);
        changed.put(CompactInvertibility.LAST_BIAS, Tensor.of(before.shape(), bias));
        return changed;
    }

    /** Pearson's, of predicted and true errors, mean over pictures and the spaces that each was inverted into. */
    static double correlation(
            ErrorSamples samples, List<LatentSpace> candidates, IntFunction<List<float[]>> predictions) {
        double sum = 0;
        int count = 0;
        for (int i = 0; i < samples.size(); i++) {
            List<float[]> predicted = predictions.apply(i);
            for (int k = 0; k < candidates.size(); k++) {
                float[] truth = samples.errors().get(i).get(candidates.get(k));
                if (truth != null) {
                    sum += InvertibilityQuality.correlation(predicted.get(k), truth);
                    count++;
                }
            }
        }
        return sum / count;
    }
}
