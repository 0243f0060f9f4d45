package org.saminversion.segmenter;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.saminversion.inversion.engine.MapRun;
import org.saminversion.inversion.image.PngWriter;
import org.saminversion.inversion.invertibility.InvertibilityMap;
import org.saminversion.inversion.invertibility.InvertibilityMapFile;
import org.saminversion.inversion.invertibility.RefinedMapPicture;
import org.saminversion.model.Artefact;
import org.saminversion.model.Content;
import org.saminversion.model.store.Checkpoint;
import org.saminversion.model.store.Stage;
import org.saminversion.worker.JobInHand;
import org.saminversion.worker.Pace;
import org.saminversion.worker.StageTask;
import org.saminversion.worker.StepsPerChunk;
import org.saminversion.worker.WorkReports;

/**
 * Measures the invertibility map of a job's photograph, in chunks between which it reports, saves and can stop; then stores it as
 * data and as a picture.
 */
@ApplicationScoped
class MapTask implements StageTask {
    private final InstantSource clock;
    private final Duration checkpointEvery;

    MapTask(InstantSource clock, @ConfigProperty(name = "sam.segmenter.checkpoint-every") Duration checkpointEvery) {
        this.clock = clock;
        this.checkpointEvery = checkpointEvery;
    }

    @Override
    public Stage stage() {
        return Stage.MAP;
    }

    @Override
    public void perform(JobInHand job) {
        // A job that is tried again may have its map already; most methods need none.
        boolean lacksMap = job.method().needsMap() && job.map().isEmpty();
        job.reports().finishMap(lacksMap ? measure(job) : List.of());
    }

    private List<Content> measure(JobInHand job) {
        MapRun run = open(job);
        InvertibilityMap map = measured(run, job);
        return List.of(
                new Content(Artefact.MAP, Content.SAFETENSORS, InvertibilityMapFile.toBytes(map, run.source())),
                new Content(
                        Artefact.MAP_PICTURE,
                        Content.PNG,
                        PngWriter.toBytes(RefinedMapPicture.plain(
                                map.refine(job.settings().tau())))));
    }

    private static MapRun open(JobInHand job) {
        return job.checkpoint().isPresent()
                ? job.engine()
                        .resumeMap(
                                job.photograph(),
                                job.settings(),
                                job.checkpoint().get().bytes())
                : job.engine().startMap(job.photograph(), job.settings());
    }

    private InvertibilityMap measured(MapRun run, JobInHand job) {
        WorkReports reports = job.reports();
        StepsPerChunk chunk = new StepsPerChunk(clock);
        Pace pace = new Pace(clock, checkpointEvery);
        while (run.step() < run.steps()) {
            try {
                job.check();
            } catch (RuntimeException stop) {
                reports.checkpointBeforeStop(() -> new Checkpoint(run.step(), run.checkpoint()), stop);
                throw stop;
            }
            int before = run.step();
            run.advance(chunk.begin());
            chunk.end(run.step() - before);
            reports.mapping((double) run.step() / run.steps());
            if (pace.isDue()) {
                reports.checkpoint(new Checkpoint(run.step(), run.checkpoint()));
            }
        }
        return run.map();
    }
}
