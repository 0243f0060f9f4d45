package org.saminversion.worker;

import java.util.Optional;
import org.saminversion.inversion.engine.InversionEngine;
import org.saminversion.inversion.engine.InversionSettings;
import org.saminversion.inversion.image.ImageReader;
import org.saminversion.inversion.image.RgbImage;
import org.saminversion.inversion.invertibility.InvertibilityMap;
import org.saminversion.inversion.invertibility.InvertibilityMapFile;
import org.saminversion.inversion.method.InversionMethod;
import org.saminversion.model.Job;
import org.saminversion.model.store.Checkpoint;
import org.saminversion.model.store.WorkStore;

/** A job whose lease this worker holds, with all that a stage needs. Belongs to the task's thread. */
public final class JobInHand {
    private final Job job;
    private final WorkReports reports;
    private final EngineCatalogue engines;
    private final Runnable guard;
    private Optional<WorkStore.Inputs> inputs = Optional.empty();
    private Optional<RgbImage> photograph = Optional.empty();

    JobInHand(Job job, WorkReports reports, EngineCatalogue engines, Runnable guard) {
        this.job = job;
        this.reports = reports;
        this.engines = engines;
        this.guard = guard;
    }

    public Job job() {
        return job;
    }

    /** Where progress and results go. */
    public WorkReports reports() {
        return reports;
    }

    /** To be called often. @throws RuntimeException to stop the work, which the task lets pass */
    public void check() {
        guard.run();
    }

    /** The warm engine of the job's bundle. */
    public InversionEngine engine() {
        return engines.engine(job.settings().bundle());
    }

    public InversionSettings settings() {
        return EngineSettings.of(job.settings());
    }

    public RgbImage photograph() {
        if (photograph.isEmpty()) {
            photograph = Optional.of(ImageReader.read(inputs().image()));
        }
        return photograph.get();
    }

    /** @throws org.saminversion.inversion.failure.JobFailure.Rejected if the bundle has no such method any more */
    public InversionMethod method() {
        return engine().method(settings());
    }

    /** The stored map, if there is one and the method needs it. */
    public Optional<InvertibilityMap> map() {
        return inputs().map()
                .filter(bytes -> method().needsMap())
                .map(bytes -> InvertibilityMapFile.parse(bytes, "the map of job " + job.id()));
    }

    /** Where an earlier worker stopped. */
    public Optional<Checkpoint> checkpoint() {
        return inputs().checkpoint();
    }

    private WorkStore.Inputs inputs() {
        if (inputs.isEmpty()) {
            inputs = Optional.of(reports.inputs());
        }
        return inputs.get();
    }
}
