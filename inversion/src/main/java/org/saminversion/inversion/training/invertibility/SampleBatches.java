package org.saminversion.inversion.training.invertibility;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.saminversion.graph.Shape;
import org.saminversion.graph.Tensor;
import org.saminversion.inversion.image.ImageTensors;
import org.saminversion.inversion.space.LatentSpace;
import org.saminversion.inversion.training.Augmentation;

/** Samples as the tensors that a training step takes. */
final class SampleBatches {
    private final ErrorSamples samples;
    private final List<LatentSpace> candidates;
    private final SortedMap<LatentSpace, Double> variances;
    private final Sizes sizes;

    /** @param spaces the candidates */
    record Sizes(int spaces, int height, int width) {
        int plane() {
            return height * width;
        }
    }

    /** @param variances of each space's errors, which are the unit of its squared differences */
    SampleBatches(ErrorSamples samples, List<LatentSpace> candidates, SortedMap<LatentSpace, Double> variances) {
        this.samples = samples;
        this.candidates = candidates;
        this.variances = variances;
        this.sizes = new Sizes(
                candidates.size(),
                samples.pictures().get(0).height(),
                samples.pictures().get(0).width());
    }

    /** The same for other samples. */
    SampleBatches with(ErrorSamples others) {
        return new SampleBatches(others, candidates, variances);
    }

    Sizes sizes() {
        return sizes;
    }

    int size() {
        return samples.size();
    }

    /** One sample as it is. */
    Map<String, Tensor> single(int index, String image, String errors, String weights) {
        Shape shape = Shape.of(1, 3, sizes.height(), sizes.width());
        return Map.of(
                image, Tensor.of(shape, image(index, Augmentation.NONE)),
                errors,
                        Tensor.of(
                                Shape.of(1, sizes.spaces(), sizes.height(), sizes.width()),
                                errors(index, Augmentation.NONE)),
                weights, Tensor.of(Shape.of(1, sizes.spaces(), 1, 1), weights(index)));
    }

    /** Samples for several steps: [steps,batch,...]. */
    Map<String, Tensor> stacked(
            int[] indices,
            Augmentation[] augmentations,
            int steps,
            int batch,
            String image,
            String errors,
            String weights) {
        float[] images = new float[indices.length * 3 * sizes.plane()];
        float[] allErrors = new float[indices.length * sizes.spaces() * sizes.plane()];
        float[] allWeights = new float[indices.length * sizes.spaces()];
        for (int i = 0; i < indices.length; i++) {
            copy(image(indices[i], augmentations[i]), images, i);
            copy(errors(indices[i], augmentations[i]), allErrors, i);
            copy(weights(indices[i]), allWeights, i);
        }
        return Map.of(
                image, Tensor.of(Shape.of(steps, batch, 3, sizes.height(), sizes.width()), images),
                errors, Tensor.of(Shape.of(steps, batch, sizes.spaces(), sizes.height(), sizes.width()), allErrors),
                weights, Tensor.of(Shape.of(steps, batch, sizes.spaces(), 1, 1), allWeights));
    }

    private static void copy(float[] from, float[] to, int index) {
        System.arraycopy(from, 0, to, index * from.length, from.length);
    }

    private float[] image(int index, Augmentation augmentation) {
        return augmentation.apply(
                ImageTensors.toTensor(samples.pictures().get(index)).toFloats(), sizes.height(), sizes.width());
    }

    private float[] errors(int index, Augmentation augmentation) {
        float[] all = new float[sizes.spaces() * sizes.plane()];
        for (int k = 0; k < candidates.size(); k++) {
            float[] known = samples.errors().get(index).get(candidates.get(k));
            if (known != null) {
                copy(known, all, k);
            }
        }
        return augmentation.apply(all, sizes.height(), sizes.width());
    }

    /** 0 for a space that the picture was not inverted into. */
    private float[] weights(int index) {
        float[] weights = new float[candidates.size()];
        for (int k = 0; k < weights.length; k++) {
            LatentSpace space = candidates.get(k);
            weights[k] = samples.errors().get(index).containsKey(space) ? (float) (1 / variances.get(space)) : 0;
        }
        return weights;
    }
}
