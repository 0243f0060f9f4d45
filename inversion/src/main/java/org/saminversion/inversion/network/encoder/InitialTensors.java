package org.saminversion.inversion.network.encoder;

import java.util.Map;
import java.util.random.RandomGenerator;
import org.saminversion.graph.Shape;
import org.saminversion.graph.Tensor;

/** What untrained layers start from. */
final class InitialTensors {
    private InitialTensors() {}

    /** A convolution that keeps the variance of what a leaky relu lets through, with a bias of zero. */
    static void putConvolution(
            Map<String, Tensor> tensors, RandomGenerator seeded, String name, int out, int in, int kernel) {
        double deviation = Math.sqrt(2.0 / (in * kernel * kernel));
        tensors.put(name + ".weight", normal(seeded, Shape.of(out, in, kernel, kernel), deviation));
        tensors.put(name + ".bias", Tensor.zeros(Shape.of(out)));
    }

    /** A normalisation that neither scales nor shifts. */
    static void putNormalisation(Map<String, Tensor> tensors, String name, int channels) {
        tensors.put(name + ".weight", Tensor.filled(Shape.of(channels), 1));
        tensors.put(name + ".bias", Tensor.zeros(Shape.of(channels)));
    }

    static Tensor normal(RandomGenerator seeded, Shape shape, double deviation) {
        float[] values = new float[shape.elements()];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (seeded.nextGaussian() * deviation);
        }
        return Tensor.of(shape, values);
    }
}
