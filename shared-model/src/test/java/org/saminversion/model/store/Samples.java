package org.saminversion.model.store;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.saminversion.model.Artefact;
import org.saminversion.model.Content;
import org.saminversion.model.EditOrder;
import org.saminversion.model.JobQuality;
import org.saminversion.model.JobSettings;
import org.saminversion.model.LossRecord;

/** Values that the tests store. */
public final class Samples {
    private Samples() {}

    public static JobSettings settings() {
        return new JobSettings(
                "faces64",
                "sam",
                0.5,
                20,
                7,
                Map.of("measured-map", 1.0),
                List.of(new EditOrder("smile", 1.5), new EditOrder("pca-00", -2)));
    }

    public static RunResult result() {
        return new RunResult(
                List.of(new Content(Artefact.RECONSTRUCTION, Content.PNG, new byte[] {9})),
                new JobQuality(31.5, 0.04),
                Map.of("W+", 0.75, "F6", 0.25),
                Map.of("engine-version", "1.0"));
    }

    public static List<LossRecord> losses(int from, int to) {
        List<LossRecord> losses = new ArrayList<>();
        for (int step = from; step < to; step++) {
            losses.add(new LossRecord(step, 1.0 / (step + 1), 0.1, 0.2, 0.3, 0.4, 0.5));
        }
        return losses;
    }
}
