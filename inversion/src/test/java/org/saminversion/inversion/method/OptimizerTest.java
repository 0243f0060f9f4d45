package org.saminversion.inversion.method;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.saminversion.inversion.bundle.BundleDescription;
import org.saminversion.inversion.bundle.BundleReader;
import org.saminversion.inversion.engine.InversionSettings;
import org.saminversion.inversion.failure.JobFailure;

class OptimizerTest {
    private static final InversionSettings USUAL = new InversionSettings("sam", 0.5, 10, 0);
    private static final BundleDescription BUNDLE =
            BundleReader.open(Path.of("../models/faces64")).description();

    @Test
    void theReferenceIsWhatIsTakenIfNothingIsSaid() {
        assertEquals(USUAL, USUAL.descendingAs(Optimizer.REFERENCE));
    }

    @Test
    void fillsInWhatWasNotChosen() {
        InversionSettings chosen =
                new InversionSettings("sam", 0.5, 10, 0, new MethodSettings(Map.of("learning-rate", 0.02)));

        InversionSettings quasiNewton = chosen.descendingAs(Optimizer.QUASI_NEWTON);

        assertEquals(
                Map.of("learning-rate", 0.02, "ramp-down", 0.0, "ramp-up", 0.0, "memory", 60.0),
                quasiNewton.chosen().chosen());
        InversionMethods.parse("sam", quasiNewton.chosen(), BUNDLE);
    }

    @Test
    void methodsWithAnOptimiserOfTheirOwnRefuseIt() {
        MethodSettings quasiNewton = USUAL.descendingAs(Optimizer.QUASI_NEWTON).chosen();
        JobFailure.Rejected refused = assertThrows(
                JobFailure.Rejected.class, () -> InversionMethods.parse("pivotal-tuning", quasiNewton, BUNDLE));
        assertEquals("setting-unknown", refused.kind());
    }
}
