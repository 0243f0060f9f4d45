package org.saminversion.inversion.engine;

import java.util.OptionalInt;
import java.util.random.RandomGenerator;
import org.saminversion.graph.RuntimeOptions;
import org.saminversion.graph.Tensor;
import org.saminversion.inversion.failure.JobFailure;
import org.saminversion.inversion.network.GeneratorWeights;
import org.saminversion.inversion.network.StyleGan2Weights;
import org.saminversion.inversion.network.biggan.BigGanWeights;

/** Draws the codes of random images. */
public interface StyleSampler extends AutoCloseable {
    /** @param batch codes that are drawn at once */
    static StyleSampler of(GeneratorWeights generator, int batch, RuntimeOptions runtime) {
        return generator instanceof BigGanWeights bigGan
                ? new BigGanSampler(bigGan, batch)
                : new MappingSampler((StyleGan2Weights) generator, batch, runtime);
    }

    /**
     * Draws codes, without further truncation.
     *
     * @param label the class of all of them; without one, a generator with classes gets one for each at random
     * @return [batch,w_dim]
     * @throws JobFailure.Rejected of kind {@code parameter-out-of-range} if the generator has no such class
     */
    Tensor draw(RandomGenerator random, OptionalInt label);

    /** Whether truncation draws this number of a code towards the mean: a class stays what it is. */
    boolean isTruncated(int index);

    @Override
    void close();

    /** @throws JobFailure.Rejected of kind {@code parameter-out-of-range} if the generator has no such class */
    static void requireClass(OptionalInt label, int classes) {
        if (label.isPresent() && (label.getAsInt() < 0 || label.getAsInt() >= classes)) {
            throw new JobFailure.Rejected(
                    "parameter-out-of-range",
                    classes == 0
                            ? "the generator has no classes to choose from"
                            : "the class must be from 0 to " + (classes - 1) + ", not " + label.getAsInt());
        }
    }
}
