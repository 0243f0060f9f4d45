package org.saminversion.inversion.training;

import java.util.List;
import java.util.SplittableRandom;

/**
 * In which order samples are seen: each epoch all of them, shuffled anew. A pure function of seed and number, so that a training
 * that goes on after a stop sees what it would have seen. Not thread-safe.
 */
public final class SampleOrder {
    private static final long EPOCH_STRIDE = 0x9E3779B97F4A7C15L;

    private final List<Integer> samples;
    private final long seed;
    private long epoch = -1;
    private int[] order;

    /** @param samples indices; at least one */
    public SampleOrder(List<Integer> samples, long seed) {
        this.samples = List.copyOf(samples);
        this.seed = seed;
    }

    /** @param number of the sample from 0, over all epochs */
    public int at(long number) {
        long wanted = number / samples.size();
        if (wanted != epoch) {
            order = shuffled(wanted);
            epoch = wanted;
        }
        return samples.get(order[(int) (number % samples.size())]);
    }

    /** Independent draws for one sample, such as whether to flip it. */
    public SplittableRandom draws(long number) {
        return new SplittableRandom(seed ^ (EPOCH_STRIDE * (number + 1)));
    }

    private int[] shuffled(long number) {
        int[] result = new int[samples.size()];
        SplittableRandom random = new SplittableRandom(seed + EPOCH_STRIDE * (number + 1));
        for (int i = 0; i < result.length; i++) {
            int j = random.nextInt(i + 1);
            result[i] = result[j];
            result[j] = i;
        }
        return result;
    }
}
