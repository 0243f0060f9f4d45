package org.saminversion.segmenter;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.saminversion.inversion.engine.InversionEngine;
import org.saminversion.inversion.engine.InversionSettings;
import org.saminversion.inversion.image.ImageReader;
import org.saminversion.inversion.image.PngWriter;
import org.saminversion.inversion.invertibility.InvertibilityMap;
import org.saminversion.inversion.invertibility.InvertibilityMapFile;
import org.saminversion.inversion.invertibility.RefinedMapPicture;
import org.saminversion.model.Artefact;
import org.saminversion.model.Content;
import org.saminversion.model.Job;
import org.saminversion.model.store.Lease;
import org.saminversion.model.store.Stage;
import org.saminversion.model.store.WorkStore;
import org.saminversion.worker.EngineCatalogue;
import org.saminversion.worker.EngineSettings;
import org.saminversion.worker.Pace;
import org.saminversion.worker.Task;
import org.saminversion.worker.WorkReports;

/** Measures the invertibility map of a job's photograph and stores it as data and as a picture. */
@ApplicationScoped
class MapTask implements Task {
    private static final Duration REPORT_EVERY = Duration.ofMillis(500);

    private final WorkStore work;
    private final EngineCatalogue engines;
    private final InstantSource clock;

    MapTask(WorkStore work, EngineCatalogue engines, InstantSource clock) {
        this.work = work;
        this.engines = engines;
        this.clock = clock;
    }

    @Override
    public Stage stage() {
        return Stage.MAP;
    }

    @Override
    public void perform(Job job, Lease lease, Runnable guard) {
        WorkReports reports = new WorkReports(work, lease);
        WorkStore.Inputs inputs = reports.inputs();
        // A job that is tried again may have its map already; most methods need none.
        boolean needsMap =
                EngineSettings.needsMap(job.settings()) && inputs.map().isEmpty();
        reports.finishMap(needsMap ? measure(job, inputs, reports, guard) : List.of());
    }

    private List<Content> measure(Job job, WorkStore.Inputs inputs, WorkReports reports, Runnable guard) {
        InversionEngine engine = engines.engine(job.settings().bundle());
        InversionSettings settings = EngineSettings.of(job.settings());
        Pace pace = new Pace(clock, REPORT_EVERY);
        InvertibilityMap map =
                engine.measureInvertibility(ImageReader.read(inputs.image()), settings, (done, total, loss) -> {
                    guard.run();
                    if (pace.isDue()) {
                        reports.mapping((double) done / total);
                    }
                });
        return List.of(
                new Content(Artefact.MAP, Content.SAFETENSORS, InvertibilityMapFile.toBytes(map)),
                new Content(
                        Artefact.MAP_PICTURE,
                        Content.PNG,
                        PngWriter.toBytes(RefinedMapPicture.plain(map.refine(settings.tau())))));
    }
}
