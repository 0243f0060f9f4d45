package org.saminversion.inversion.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class HalfPrecisionTest {
    @Test
    void knownValues() {
        assertEquals(1f, HalfPrecision.fromHalf((short) 0x3c00));
        assertEquals(-2f, HalfPrecision.fromHalf((short) 0xc000));
        assertEquals(65504f, HalfPrecision.fromHalf((short) 0x7bff));
        assertEquals(0x1p-24f, HalfPrecision.fromHalf((short) 1));
        assertEquals(Float.NEGATIVE_INFINITY, HalfPrecision.fromHalf((short) 0xfc00));
        assertEquals(-0f, HalfPrecision.fromHalf((short) 0x8000));
        assertEquals(1.5f, HalfPrecision.fromBrainFloat((short) 0x3fc0));
    }

    @Test
    void everyHalfSurvivesTheWayThereAndBack() {
        for (int half = 0; half <= 0xffff; half++) {
            float value = HalfPrecision.fromHalf((short) half);
            short back = HalfPrecision.toHalf(value);
            if (Float.isNaN(value)) {
                assertTrue(Float.isNaN(HalfPrecision.fromHalf(back)), "half " + half);
            } else {
                assertEquals((short) half, back, "half " + half);
            }
        }
    }

    @Test
    void otherNumbersBecomeTheNearestHalfAndTiesTheEvenOne() {
        long seed = 20261122;
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < 200_000; i++) {
            float value = (float) (random.nextDouble(-1, 1) * Math.pow(2, random.nextInt(-26, 16)));
            short half = HalfPrecision.toHalf(value);
            float chosen = HalfPrecision.fromHalf(half);
            double error = Math.abs((double) chosen - value);
            for (int step : new int[] {-1, 1}) {
                float neighbour = HalfPrecision.fromHalf((short) (half + step));
                double other = Math.abs((double) neighbour - value);
                boolean wrapped = Float.isNaN(neighbour) || Float.isNaN((float) other);
                assertTrue(
                        wrapped || error < other || (error == other && (half & 1) == 0),
                        "seed " + seed + ": " + value + " became " + chosen + " instead of " + neighbour);
            }
        }
        assertEquals((short) 0x7bff, HalfPrecision.toHalf(65519.996f));
        assertEquals((short) 0x7c00, HalfPrecision.toHalf(65520f));
    }
}
