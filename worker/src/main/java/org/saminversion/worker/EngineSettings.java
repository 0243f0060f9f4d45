package org.saminversion.worker;

import java.util.Locale;
import org.saminversion.inversion.engine.InversionSettings;
import org.saminversion.model.JobSettings;

/** From the job's words to the engine's. */
final class EngineSettings {
    private static final String SAM = "sam";

    private EngineSettings() {}

    /** @throws org.saminversion.inversion.failure.JobFailure.Rejected if a value is out of its range */
    static InversionSettings of(JobSettings settings) {
        return new InversionSettings(settings.method(), settings.tau(), settings.steps(), settings.seed());
    }

    /** Whether the method needs an invertibility map. */
    static boolean needsMap(JobSettings settings) {
        return settings.method().toLowerCase(Locale.ROOT).equals(SAM);
    }
}
