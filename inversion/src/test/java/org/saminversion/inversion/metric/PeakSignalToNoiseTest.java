package org.saminversion.inversion.metric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.saminversion.graph.Shape;
import org.saminversion.graph.Tensor;
import org.saminversion.inversion.image.ImageTensors;
import org.saminversion.inversion.image.RgbImage;

class PeakSignalToNoiseTest {
    private static final RgbImage BLACK = new RgbImage(1, 1, new byte[3]);

    @Test
    void blackAgainstWhiteIsZero() {
        RgbImage white = new RgbImage(1, 1, new byte[] {-1, -1, -1});
        assertEquals(0, PeakSignalToNoise.decibels(BLACK, white));
    }

    @Test
    void oneLevelInOneOfThreeChannels() {
        RgbImage near = new RgbImage(1, 1, new byte[] {0, 1, 0});
        double expected = 10 * Math.log10(255.0 * 255 * 3);
        assertEquals(expected, PeakSignalToNoise.decibels(BLACK, near), 1e-12);
        assertEquals(
                expected, PeakSignalToNoise.decibels(ImageTensors.toTensor(BLACK), ImageTensors.toTensor(near)), 1e-5);
    }

    @Test
    void equalPicturesHaveNoNoise() {
        assertEquals(Double.POSITIVE_INFINITY, PeakSignalToNoise.decibels(BLACK, BLACK));
    }

    @Test
    void imagesAreClampedBefore() {
        Tensor bright = Tensor.filled(Shape.of(1, 3, 2, 2), 5);
        Tensor white = Tensor.filled(Shape.of(1, 3, 2, 2), 1);
        assertEquals(Double.POSITIVE_INFINITY, PeakSignalToNoise.decibels(bright, white));
    }

    @Test
    void otherSizesAreRefused() {
        RgbImage wide = new RgbImage(2, 1, new byte[6]);
        assertThrows(IllegalArgumentException.class, () -> PeakSignalToNoise.decibels(BLACK, wide));
        Tensor one = Tensor.zeros(Shape.of(1, 3, 1, 1));
        assertThrows(
                IllegalArgumentException.class,
                () -> PeakSignalToNoise.decibels(one, Tensor.zeros(Shape.of(1, 3, 1, 2))));
    }
}
