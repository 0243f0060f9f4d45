package org.saminversion.worker;

import org.saminversion.inversion.engine.InversionSettings;
import org.saminversion.inversion.method.MethodSettings;
import org.saminversion.model.JobSettings;

/** From the job's words to the engine's. */
final class EngineSettings {
    private EngineSettings() {}

    /** @throws org.saminversion.inversion.failure.JobFailure.Rejected if a value is out of its range */
    static InversionSettings of(JobSettings settings) {
        return new InversionSettings(
                settings.method(),
                settings.tau(),
                settings.steps(),
                settings.seed(),
                new MethodSettings(settings.chosen()));
    }
}
