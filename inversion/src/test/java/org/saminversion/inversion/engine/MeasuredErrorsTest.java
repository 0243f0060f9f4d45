package org.saminversion.inversion.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.saminversion.graph.OptimisationState;
import org.saminversion.graph.Tensor;
import org.saminversion.inversion.bundle.BundleReader;
import org.saminversion.inversion.bundle.ModelBundle;
import org.saminversion.inversion.failure.JobFailure;
import org.saminversion.inversion.image.ImageTensors;
import org.saminversion.inversion.space.LatentSpace;

class MeasuredErrorsTest {
    private static final int STEPS = 3;
    private static final List<Tensor> TARGETS = new ArrayList<>();

    private static EnginePrograms programs;
    private static MeasuredErrors measured;
    private static List<LatentSpace> candidates;

    @BeforeAll
    static void open() {
        ModelBundle bundle = BundleReader.open(Path.of("../models/faces64"));
        EngineOptions options = EngineOptions.standard();
        BundleNetworks read = BundleNetworks.read(bundle, options);
        candidates = bundle.description().candidates();
        TreeSet<LatentSpace> features = new TreeSet<>(candidates);
        features.remove(LatentSpace.W_PLUS);
        EngineInputs inputs = new EngineInputs(read.networks(), features, read.meanOfW());
        try (SamEngine painter = SamEngine.open(bundle, options)) {
            for (long seed = 1; seed <= 2; seed++) {
                TARGETS.add(ImageTensors.toTensor(painter.render(painter.sample(seed, 0.7))));
            }
        }
        programs = new EnginePrograms(read, features, options.rgbSkip(), options.runtime());
        measured = new MeasuredErrors(programs, inputs, candidates, STEPS);
    }

    @AfterAll
    static void close() {
        programs.close();
    }

    @Test
    void photographsMeasuredTogetherHaveTheErrorsThatEachHasAlone() {
        List<SortedMap<LatentSpace, float[]>> together = measured.of(TARGETS, 0, (done, total, loss) -> {
            assertEquals(STEPS, done);
            assertEquals(STEPS, total);
        });
        assertEquals(2, together.size());
        for (int i = 0; i < 2; i++) {
            SortedMap<LatentSpace, float[]> alone = measured.of(List.of(TARGETS.get(i)), 0, (done, total, loss) -> {})
                    .get(0);
            for (LatentSpace space : candidates) {
                double expected = mean(alone.get(space));
                assertEquals(expected, mean(together.get(i).get(space)), 5e-2 * expected, "" + space);
            }
        }
        LatentSpace first = candidates.get(0);
        assertNotEquals(mean(together.get(0).get(first)), mean(together.get(1).get(first)), 1e-2);
    }

    @Test
    void whatGoesOnFromACheckpointEndsWithTheBitsOfAnUnbrokenRun() {
        Tensor target = TARGETS.get(0);
        MeasuredErrors.Run unbroken = measured.start(List.of(target), 0);
        unbroken.advance(STEPS);

        MeasuredErrors.Run first = measured.start(List.of(target), 0);
        first.advance(2);
        MeasuredErrors.Run second = measured.resume(target, 0, first.checkpoint());
        assertEquals(2, second.step());
        assertThrows(IllegalStateException.class, second::errors);
        second.advance(STEPS);

        for (LatentSpace space : candidates) {
            assertArrayEquals(
                    unbroken.errors().get(0).get(space), second.errors().get(0).get(space), "" + space);
        }
    }

    @Test
    void theCheckpointOfSomethingElseIsRefused() {
        byte[] other = Checkpoint.write(OptimisationState.start(Map.of("other", TARGETS.get(0))));
        assertThrows(JobFailure.Rejected.class, () -> measured.resume(TARGETS.get(0), 0, other));
    }

    private static double mean(float[] values) {
        double sum = 0;
        for (float value : values) {
            sum += value;
        }
        return sum / values.length;
    }
}
