package org.saminversion.inversion.training.invertibility;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.stream.IntStream;
import org.saminversion.graph.Shape;
import org.saminversion.graph.Tensor;
import org.saminversion.inversion.image.ImageTensors;
import org.saminversion.inversion.space.LatentSpace;
import org.saminversion.inversion.training.Augmentation;
import org.saminversion.inversion.training.SampleOrder;

/** Samples as the tensors that a training step takes, by name. */
final class SampleBatches {
    /** [N,3,H,W] in [-1,1] */
    static final String IMAGE = "image";
    /** Measured, [N,K,H,W]; of no meaning where the weight is 0. */
    static final String ERRORS = "errors";
    /** Of each space's squared differences, [N,K,1,1]. */
    static final String WEIGHTS = "weights";

    static final Set<String> NAMES = Set.of(IMAGE, ERRORS, WEIGHTS);

    private final ErrorSamples samples;
    private final List<LatentSpace> candidates;
    private final SortedMap<LatentSpace, Double> variances;
    private final Sizes sizes;

    /** @param spaces the candidates */
    record Sizes(int spaces, int height, int width) {
        int plane() {
            return height * width;
        }

        /** [K,H,W] by space. */
        List<float[]> planes(float[] all) {
            return IntStream.range(0, spaces)
                    .mapToObj(k -> Arrays.copyOfRange(all, k * plane(), (k + 1) * plane()))
                    .toList();
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
    Map<String, Tensor> single(int index) {
        Shape shape = Shape.of(1, 3, sizes.height(), sizes.width());
        return Map.of(
                IMAGE, Tensor.of(shape, image(index, Augmentation.NONE)),
                ERRORS,
                        Tensor.of(
                                Shape.of(1, sizes.spaces(), sizes.height(), sizes.width()),
                                errors(index, Augmentation.NONE)),
                WEIGHTS, Tensor.of(Shape.of(1, sizes.spaces(), 1, 1), weights(index)));
    }

    /** The samples of some steps, each mirrored with probability 1/2: [steps,batch,...]. */
    Map<String, Tensor> flipped(SampleOrder order, int firstStep, int steps, int batch) {
        int count = steps * batch;
        float[] images = new float[count * 3 * sizes.plane()];
        float[] errors = new float[count * sizes.spaces() * sizes.plane()];
        float[] weights = new float[count * sizes.spaces()];
        for (int i = 0; i < count; i++) {
            long number = (long) firstStep * batch + i;
            int index = order.at(number);
            Augmentation flip = Augmentation.flip(order.draws(number));
            copy(image(index, flip), images, i);
            copy(errors(index, flip), errors, i);
            copy(weights(index), weights, i);
        }
        return Map.of(
                IMAGE, Tensor.of(Shape.of(steps, batch, 3, sizes.height(), sizes.width()), images),
                ERRORS, Tensor.of(Shape.of(steps, batch, sizes.spaces(), sizes.height(), sizes.width()), errors),
                WEIGHTS, Tensor.of(Shape.of(steps, batch, sizes.spaces(), 1, 1), weights));
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
