package org.saminversion.inversion.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;
import org.saminversion.inversion.image.RgbImage;
import org.saminversion.inversion.space.LatentSpace;

class TrialInversionsTest {
    @Test
    void featureSpacesGoOnFromTheStylesOfEachPhotograph() {
        try (SamEngine engine = SamEngine.open(Path.of("../models/faces64"))) {
            List<RgbImage> faces = List.of(engine.render(engine.sample(1, 0.7)), engine.render(engine.sample(2, 0.7)));
            List<Integer> told = new ArrayList<>();
            List<SortedMap<LatentSpace, float[]>> together =
                    engine.tryCandidates(faces, new TrialSteps(12, 25), 0, (done, total, loss) -> {
                        assertEquals(37, total);
                        told.add(done);
                    });
            assertEquals(List.of(10, 12, 22, 32, 37), told);
            for (int i = 0; i < 2; i++) {
                SortedMap<LatentSpace, float[]> alone = engine.tryCandidates(
                                List.of(faces.get(i)), new TrialSteps(12, 0), 0, ProgressListener.SILENT)
                        .get(0);
                assertEquals(List.of(LatentSpace.W_PLUS), List.copyOf(alone.keySet()));
                double styles = mean(alone.get(LatentSpace.W_PLUS));
                double withFeatures = mean(together.get(i).get(LatentSpace.W_PLUS));
                assertEquals(styles, withFeatures, 5e-2 * styles);
                assertTrue(mean(together.get(i).get(LatentSpace.parse("F2"))) < styles / 2);
            }
        }
    }

    private static double mean(float[] values) {
        double sum = 0;
        for (float value : values) {
            sum += value;
        }
        return sum / values.length;
    }
}
