package org.saminversion.inversion.engine;

import java.util.OptionalInt;
import java.util.random.RandomGenerator;
import org.saminversion.graph.Shape;
import org.saminversion.graph.Tensor;
import org.saminversion.inversion.network.biggan.BigGanWeights;

/** Latent vectors of a normal distribution that is cut off at twice its deviation, beside the embeddings of classes. */
record BigGanSampler(BigGanWeights generator, int batch) implements StyleSampler {
    private static final double CUT_OFF = 2;

    @Override
    public Tensor draw(RandomGenerator random, OptionalInt label) {
        StyleSampler.requireClass(label, generator.classes());
        int width = generator.wDimension();
        float[] codes = new float[batch * width];
        for (int n = 0; n < batch; n++) {
            for (int i = 0; i < generator.zDimension(); i++) {
                codes[n * width + i] = (float) (generator.truncation() * cutOff(random));
            }
            float[] embedding = generator.embedding(label.orElseGet(() -> random.nextInt(generator.classes())));
            System.arraycopy(embedding, 0, codes, n * width + generator.zDimension(), embedding.length);
        }
        return Tensor.of(Shape.of(batch, width), codes);
    }

    private static double cutOff(RandomGenerator random) {
        double value = random.nextGaussian();
        while (Math.abs(value) > CUT_OFF) {
            value = random.nextGaussian();
        }
        return value;
    }

    @Override
    public boolean isTruncated(int index) {
        return index < generator.zDimension();
    }

    @Override
    public void close() {}
}
