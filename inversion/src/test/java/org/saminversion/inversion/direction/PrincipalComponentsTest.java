package org.saminversion.inversion.direction;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.saminversion.graph.Shape;
import org.saminversion.graph.Tensor;
import org.saminversion.inversion.bundle.BundleCatalogue;
import org.saminversion.inversion.bundle.ModelBundle;
import org.saminversion.inversion.file.SafetensorsFile;

class PrincipalComponentsTest {
    private static final Path MODELS = Path.of("..", "models");

    @TempDir
    Path folder;

    @Test
    void aDiagonalCovarianceHasItsAxesAsComponents() {
        PrincipalComponents components =
                PrincipalComponents.ofCovariance(Tensor.of(Shape.of(3, 3), 1.0, 0, 0, 0, 9, 0, 0, 0, 4));
        assertArrayEquals(new double[] {3, 2, 1}, components.standardDeviations(), 1e-12);
        assertArrayEquals(new double[] {0, 1, 0}, components.vectors()[0], 1e-12);
        assertEquals(Tensor.of(Shape.of(1, 3), 0f, 3, 0), components.direction(0));
        assertEquals(9.0 / 14, components.varianceShare(0), 1e-12);
    }

    @Test
    void componentsOfSamplesAreOrthonormalSignedAndMeasureTheSpread() {
        long seed = 5;
        Random random = new Random(seed);
        double[] samples = new double[4000 * 3];
        for (int n = 0; n < 4000; n++) {
            double wide = 5 * random.nextGaussian();
            samples[3 * n] = 100 - 0.6 * wide + 0.1 * random.nextGaussian();
            samples[3 * n + 1] = -7 + 0.8 * wide + 0.1 * random.nextGaussian();
            samples[3 * n + 2] = random.nextGaussian();
        }
        PrincipalComponents components = PrincipalComponents.ofSamples(Tensor.of(Shape.of(4000, 3), samples));
        assertArrayEquals(new double[] {-0.6, 0.8, 0}, components.vectors()[0], 0.02, "seed " + seed);
        assertEquals(5, components.standardDeviations()[0], 0.2, "seed " + seed);
        assertEquals(1, components.standardDeviations()[1], 0.1, "seed " + seed);
        for (int i = 0; i < 3; i++) {
            for (int j = 0; j < 3; j++) {
                double product = 0;
                for (int k = 0; k < 3; k++) {
                    product += components.vectors()[i][k] * components.vectors()[j][k];
                }
                assertEquals(i == j ? 1 : 0, product, 1e-12);
            }
            double[] vector = components.vectors()[i];
            double largest = Arrays.stream(vector).map(Math::abs).max().orElseThrow();
            assertTrue(Arrays.stream(vector).anyMatch(value -> value == largest), "its largest entry is positive");
        }
    }

    @Test
    void whatIsNoCovarianceIsRefused() {
        assertThrows(
                IllegalArgumentException.class, () -> PrincipalComponents.ofCovariance(Tensor.zeros(Shape.of(2, 3))));
        Tensor lopsided = Tensor.of(Shape.of(2, 2), 1.0, 2, 3, 4);
        assertThrows(IllegalArgumentException.class, () -> PrincipalComponents.ofCovariance(lopsided));
        Tensor notANumber = Tensor.of(Shape.of(2, 2), 1.0, 0, 0, Double.NaN);
        assertThrows(IllegalArgumentException.class, () -> PrincipalComponents.ofCovariance(notANumber));
        assertThrows(IllegalArgumentException.class, () -> PrincipalComponents.ofSamples(Tensor.zeros(Shape.of(1, 3))));
    }

    @Test
    void theFacesBundleShipsTheComponentsOfItsStatistics() {
        ModelBundle faces = new BundleCatalogue(MODELS).open("faces64");
        BundleDirections directions = new BundleDirections(faces);
        assertEquals(11, directions.names().size());
        assertEquals(Shape.of(1, 10, 128), directions.load("smile").offsets().shape());
        PrincipalComponents components = PrincipalComponents.ofCovariance(
                SafetensorsFile.read(faces.statisticsFile()).tensor("w_covariance"));
        for (int i = 0; i < 10; i++) {
            float[] shipped = directions.load("pca-0" + i).offsets().toFloats();
            float[] computed = components.direction(i).toFloats();
            assertArrayEquals(computed, Arrays.copyOfRange(shipped, 9 * 128, 10 * 128), 1e-5f);
        }
    }
}
