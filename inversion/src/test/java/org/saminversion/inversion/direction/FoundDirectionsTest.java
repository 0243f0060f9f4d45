package org.saminversion.inversion.direction;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.saminversion.graph.Shape;
import org.saminversion.graph.Tensor;
import org.saminversion.inversion.bundle.BundleFolder;
import org.saminversion.inversion.bundle.BundleReader;
import org.saminversion.inversion.bundle.ModelBundle;
import org.saminversion.inversion.checkpoint.TorchFiles;
import org.saminversion.inversion.failure.JobFailure;
import org.saminversion.inversion.space.LayerRange;

class FoundDirectionsTest {
    private static final LayerRange ALL = LayerRange.all(6);

    @TempDir
    private Path folder;

    @Test
    void componentsJoinABundleAndReplaceThoseOfTheSameName() {
        ModelBundle bundle = BundleReader.open(BundleFolder.create(folder, "tiny"));
        ModelBundle three =
                ComponentDirections.ofStatistics(bundle, "pca", 3, ALL).addTo(bundle);
        assertEquals(List.of("tall", "pca-00", "pca-01", "pca-02"), new BundleDirections(three).names());

        ModelBundle one = ComponentDirections.ofStatistics(three, "pca", 1, ALL).addTo(three);

        assertEquals(List.of("tall", "pca-00"), new BundleDirections(one).names());
        float[] offsets = new BundleDirections(one).load("pca-00").offsets().toFloats();
        assertArrayEquals(new float[] {0, 3, 0, 0}, Arrays.copyOf(offsets, 4), 1e-6f);
        assertFalse(Files.exists(bundle.folder().resolve("directions/pca.safetensors")), "the old file is gone");
        assertThrows(JobFailure.Rejected.class, () -> ComponentDirections.ofStatistics(one, "pca", 5, ALL));
        assertThrows(
                JobFailure.Rejected.class,
                () -> DirectionFamily.of("pca-00", ALL, Tensor.zeros(Shape.of(1, 4)), Map.of())
                        .addTo(one));
    }

    @Test
    void componentsOfE4eKeepTheirMeanAndConvention() throws IOException {
        ModelBundle bundle = BundleReader.open(BundleFolder.create(folder, "tiny"));
        Map<String, Tensor> stored = new LinkedHashMap<>();
        stored.put("mean", Tensor.of(Shape.of(1, 4), 1f, 2, 3, 4));
        stored.put("std", Tensor.of(Shape.of(2), 7f, 0.5f));
        stored.put("comp", Tensor.of(Shape.of(2, 1, 4), 0f, 1, 0, 0, 0, 0, 0, -1));
        Path file = Files.write(folder.resolve("cars_pca.pt"), TorchFiles.stateDictionary(stored, false));

        DirectionFamily family = ComponentDirections.ofFile(bundle, file, "cars", 2, new LayerRange(0, 4));
        ModelBundle written = family.with(Convention.ABSOLUTE, family.mean()).addTo(bundle);

        EditDirection direction = new BundleDirections(written).load("cars-01");
        assertEquals(Convention.ABSOLUTE, direction.convention());
        assertEquals(Tensor.of(Shape.of(4), 1f, 2, 3, 4), direction.mean());
        assertEquals(-0.5f, direction.offsets().toFloats()[3]);
        float[] wplus = new float[24];
        direction.move(wplus, 0, ALL);
        assertEquals(4, wplus[3], 1e-6f, "strength 0 means the mean");
        Path other = Files.write(
                folder.resolve("other.pt"), TorchFiles.stateDictionary(Map.of("a", stored.get("std")), false));
        assertThrows(JobFailure.Rejected.class, () -> ComponentDirections.ofFile(bundle, other, "x", 1, ALL));
    }

    @Test
    void factorsAreTheDirectionsThatModulateMost() {
        // Style 0 listens to the second number only, style 1 mostly to the first, the last style to the third.
        Map<String, Tensor> generator = Map.of(
                "synthesis.b4.conv1.affine.weight", Tensor.of(Shape.of(2, 3), 0f, 9, 0, 0, -1, 0),
                "synthesis.b8.conv0.affine.weight", Tensor.of(Shape.of(3, 3), 1f, 0, 0, -2, 0, 0, 0, 5, 0),
                "synthesis.b8.conv1.affine.weight", Tensor.of(Shape.of(1, 3), 1f, 1, 0),
                "synthesis.b8.torgb.affine.weight", Tensor.of(Shape.of(1, 3), 0f, 0, 4));
        assertArrayEquals(
                new double[] {0, 1, 0},
                SemanticFactors.of(generator, 4, new LayerRange(0, 1)).get(0),
                1e-12);
        assertArrayEquals(
                new double[] {1, 0, 0},
                SemanticFactors.of(generator, 4, new LayerRange(1, 2)).get(0),
                1e-12);
        assertArrayEquals(
                new double[] {0, 0, 1},
                SemanticFactors.of(generator, 4, new LayerRange(3, 4)).get(0),
                1e-12);
        double half = Math.sqrt(0.5);
        assertArrayEquals(
                new double[] {half, half, 0},
                SemanticFactors.of(generator, 4, new LayerRange(2, 3)).get(0),
                1e-12);
    }

    @Test
    void aDirectionIsLearnedThatTheLabelsFollow() {
        SplittableRandom random = new SplittableRandom(7);
        double[] deviations = {3, 1, 0.5, 0.1};
        double[] mean = {1, -1, 0, 2};
        double[] covariance = new double[16];
        for (int i = 0; i < 4; i++) {
            covariance[5 * i] = deviations[i] * deviations[i];
        }
        List<double[]> styles = new ArrayList<>();
        boolean[] labels = new boolean[300];
        for (int n = 0; n < labels.length; n++) {
            double[] standard = random.doubles(4).map(u -> 3.46 * (u - 0.5)).toArray();
            labels[n] = standard[0] - standard[1] + 0.3 * random.nextGaussian() > 0;
            double[] style = new double[4];
            for (int i = 0; i < 4; i++) {
                style[i] = mean[i] + deviations[i] * standard[i];
            }
            styles.add(style);
        }

        LearnedDirection learned = LearnedDirection.of(styles, labels, mean, Tensor.of(Shape.of(4, 4), covariance));

        assertTrue(learned.accuracy() > 0.85, "accuracy " + learned.accuracy());
        float[] direction = learned.direction().toFloats();
        // Along (3, -1, 0, 0), whose length is one deviation of W along it: sqrt(3^2 9 + 1)/sqrt(10) for the unit
        // vector.
        double length = Math.sqrt((9 * 9 + 1) / 10.0);
        assertEquals(3 / Math.sqrt(10) * length, direction[0], 0.15);
        assertEquals(-1 / Math.sqrt(10) * length, direction[1], 0.2);
        assertEquals(0, direction[2], 0.15);
        boolean[] one = new boolean[300];
        assertThrows(
                JobFailure.Rejected.class,
                () -> LearnedDirection.of(styles, one, mean, Tensor.of(Shape.of(4, 4), covariance)));
    }
}
