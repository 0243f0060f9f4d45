package org.saminversion.inversion.engine;

import java.util.List;
import java.util.SplittableRandom;
import org.saminversion.graph.Shape;
import org.saminversion.graph.Tensor;

/** Standard normal numbers that depend on a seed and a step alone, so that a run draws the same however it is divided. */
final class StepDraws {
    private static final long STEP_STRIDE = 0x9E3779B97F4A7C15L;

    private StepDraws() {}

    /**
     * @param seeds one per photograph
     * @param one the shape for one photograph, [1,...]
     * @return [count,N,...]
     */
    static Tensor of(List<Long> seeds, int firstStep, int count, Shape one) {
        int[] sizes = new int[one.rank() + 1];
        sizes[0] = count;
        System.arraycopy(one.toArray(), 0, sizes, 1, one.rank());
        sizes[1] = seeds.size();
        float[] values = new float[Shape.of(sizes).elements()];
        int at = 0;
        for (int step = firstStep; step < firstStep + count; step++) {
            for (long seed : seeds) {
                at = fill(values, at, one.elements(), new SplittableRandom(seed + STEP_STRIDE * (step + 1)));
            }
        }
        return Tensor.of(Shape.of(sizes), values);
    }

    /** Numbers for a start, of one photograph. */
    static Tensor start(SplittableRandom random, Shape shape) {
        float[] values = new float[shape.elements()];
        fill(values, 0, values.length, random);
        return Tensor.of(shape, values);
    }

    private static int fill(float[] values, int from, int count, SplittableRandom random) {
        for (int i = from; i < from + count; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return from + count;
    }
}
