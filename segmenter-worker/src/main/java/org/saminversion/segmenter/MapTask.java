package org.saminversion.segmenter;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.saminversion.inversion.image.PngWriter;
import org.saminversion.inversion.invertibility.InvertibilityMap;
import org.saminversion.inversion.invertibility.InvertibilityMapFile;
import org.saminversion.inversion.invertibility.RefinedMapPicture;
import org.saminversion.model.Artefact;
import org.saminversion.model.Content;
import org.saminversion.model.store.Stage;
import org.saminversion.worker.JobInHand;
import org.saminversion.worker.Pace;
import org.saminversion.worker.StageTask;

/** Measures the invertibility map of a job's photograph and stores it as data and as a picture. */
@ApplicationScoped
class MapTask implements StageTask {
    private static final Duration REPORT_EVERY = Duration.ofMillis(500);

    private final InstantSource clock;

    MapTask(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public Stage stage() {
        return Stage.MAP;
    }

    @Override
    public void perform(JobInHand job) {
        // A job that is tried again may have its map already; most methods need none.
        boolean lacksMap = job.needsMap() && job.map().isEmpty();
        job.reports().finishMap(lacksMap ? measure(job) : List.of());
    }

    private List<Content> measure(JobInHand job) {
        Pace pace = new Pace(clock, REPORT_EVERY);
        InvertibilityMap map = job.engine()
                .measureInvertibility(job.photograph(), job.settings(), (done, total, loss) -> {
                    job.check();
                    if (pace.isDue()) {
                        job.reports().mapping((double) done / total);
                    }
                });
        return List.of(
                new Content(Artefact.MAP, Content.SAFETENSORS, InvertibilityMapFile.toBytes(map)),
                new Content(
                        Artefact.MAP_PICTURE,
                        Content.PNG,
                        PngWriter.toBytes(RefinedMapPicture.plain(
                                map.refine(job.settings().tau())))));
    }
}
