package org.saminversion.inversion.text;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import org.junit.jupiter.api.Test;

class ScalingMatrixTest {
    @Test
    void areasAreMeansOfWhatTheyCover() {
        assertArrayEquals(
                new double[] {2 / 3.0, 1 / 3.0, 0, 0, 1 / 3.0, 2 / 3.0},
                ScalingMatrix.area(3, 2).toDoubles(),
                1e-7);
        assertArrayEquals(
                new double[] {1, 0, 0.5, 0.5, 0, 1}, ScalingMatrix.area(2, 3).toDoubles(), 1e-7);
    }

    @Test
    void theSameSizeStaysTheSame() {
        double[] identity = {1, 0, 0, 0, 1, 0, 0, 0, 1};
        assertArrayEquals(identity, ScalingMatrix.bicubic(3, 3).toDoubles(), 1e-7);
        assertArrayEquals(identity, ScalingMatrix.area(3, 3).toDoubles(), 1e-7);
    }

    @Test
    void bicubicHasTheWeightsOfItsFilter() {
        // At a quarter of a pixel before pixel 2: the filter at 1.75, 0.75, 0.25 and 1.25.
        double[] row = new double[6];
        System.arraycopy(ScalingMatrix.bicubic(6, 12).toDoubles(), 4 * 6, row, 0, 6);
        assertArrayEquals(new double[] {-0.0234375, 0.2265625, 0.8671875, -0.0703125, 0, 0}, row, 1e-7);
    }
}
