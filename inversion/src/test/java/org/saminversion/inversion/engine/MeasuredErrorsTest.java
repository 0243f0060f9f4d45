package org.saminversion.inversion.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.saminversion.graph.Tensor;
import org.saminversion.inversion.bundle.BundleReader;
import org.saminversion.inversion.bundle.ModelBundle;
import org.saminversion.inversion.image.ImageTensors;
import org.saminversion.inversion.space.LatentSpace;

class MeasuredErrorsTest {
    private static final int STEPS = 3;

    @Test
    void photographsMeasuredTogetherHaveTheErrorsThatEachHasAlone() {
        ModelBundle bundle = BundleReader.open(Path.of("../models/faces64"));
        EngineOptions options = EngineOptions.standard();
        BundleNetworks read = BundleNetworks.read(bundle, options);
        List<LatentSpace> candidates = bundle.description().candidates();
        TreeSet<LatentSpace> features = new TreeSet<>(candidates);
        features.remove(LatentSpace.W_PLUS);
        EngineInputs inputs = new EngineInputs(read.networks(), features, read.meanOfW());
        List<Tensor> targets = new ArrayList<>();
        try (SamEngine painter = SamEngine.open(bundle, options)) {
            for (long seed = 1; seed <= 2; seed++) {
                targets.add(ImageTensors.toTensor(painter.render(painter.sample(seed, 0.7))));
            }
        }
        try (EnginePrograms programs = new EnginePrograms(read, features, options.rgbSkip(), options.runtime())) {
            MeasuredErrors measured = new MeasuredErrors(programs, inputs, candidates, STEPS);
            List<SortedMap<LatentSpace, float[]>> together = measured.of(targets, 0, (done, total, loss) -> {
                assertEquals(STEPS, done);
                assertEquals(STEPS, total);
            });
            assertEquals(2, together.size());
            for (int i = 0; i < 2; i++) {
                SortedMap<LatentSpace, float[]> alone = measured.of(
                                List.of(targets.get(i)), 0, (done, total, loss) -> {})
                        .get(0);
                for (LatentSpace space : candidates) {
                    double expected = mean(alone.get(space));
                    assertEquals(expected, mean(together.get(i).get(space)), 5e-2 * expected, "" + space);
                }
            }
            LatentSpace first = candidates.get(0);
            assertNotEquals(
                    mean(together.get(0).get(first)), mean(together.get(1).get(first)), 1e-2);
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
