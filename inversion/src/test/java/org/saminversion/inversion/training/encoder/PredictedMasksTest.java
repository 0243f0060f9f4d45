package org.saminversion.inversion.training.encoder;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.saminversion.graph.Tensor;
import org.saminversion.inversion.bundle.BundleDescription;
import org.saminversion.inversion.engine.SamEngine;
import org.saminversion.inversion.image.RgbImage;
import org.saminversion.inversion.invertibility.MaskResampling;
import org.saminversion.inversion.space.LatentSpace;

class PredictedMasksTest {
    private static final int DRAWS = 60;

    @Test
    void everySpaceIsSeenAndEqualSeedsGiveEqualMasks() {
        try (SamEngine engine = SamEngine.open(Path.of("../models/faces64"))) {
            BundleDescription bundle = engine.bundle().description();
            MaskResampling resampling = MaskResampling.LANCZOS;
            PredictedMasks masks = new PredictedMasks(
                    engine,
                    resampling,
                    new RandomMasks(engine::segment, bundle.layout(), bundle.candidates(), resampling));
            RgbImage face = engine.render(engine.sample(5, 0.8));
            SortedMap<LatentSpace, Double> covered = new TreeMap<>();
            for (int seed = 0; seed < DRAWS; seed++) {
                SortedMap<LatentSpace, Tensor> drawn = masks.draw(face, new SplittableRandom(seed));
                assertEquals(drawn, masks.draw(face, new SplittableRandom(seed)));
                drawn.forEach((space, mask) -> {
                    double share = 0;
                    for (double value : mask.toDoubles()) {
                        assertTrue(value >= 0 && value <= 1, space + ": " + value);
                        share += value / mask.shape().elements() / DRAWS;
                    }
                    covered.merge(space, share, Double::sum);
                });
            }
            List<LatentSpace> features = bundle.candidates().stream()
                    .filter(LatentSpace::isFeatureSpace)
                    .toList();
            assertEquals(features, List.copyOf(covered.keySet()));
            covered.forEach((space, share) -> assertTrue(share > 0.01, covered.toString()));
        }
    }
}
