package org.saminversion.gpu;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.saminversion.inversion.engine.InversionEngine;
import org.saminversion.inversion.engine.InversionRun;
import org.saminversion.inversion.engine.InversionSettings;
import org.saminversion.inversion.engine.StepLosses;
import org.saminversion.inversion.image.ImageReader;
import org.saminversion.inversion.image.RgbImage;
import org.saminversion.inversion.invertibility.InvertibilityMap;
import org.saminversion.inversion.invertibility.InvertibilityMapFile;
import org.saminversion.model.Job;
import org.saminversion.model.LossRecord;
import org.saminversion.model.store.Checkpoint;
import org.saminversion.model.store.Lease;
import org.saminversion.model.store.Stage;
import org.saminversion.model.store.WorkStore;
import org.saminversion.worker.EngineCatalogue;
import org.saminversion.worker.EngineSettings;
import org.saminversion.worker.Pace;
import org.saminversion.worker.Task;
import org.saminversion.worker.WorkReports;

/** Optimises, in chunks between which it reports, saves and can stop; then renders and measures. */
@ApplicationScoped
class RunTask implements Task {
    /** At most this much work is lost with a worker. */
    private static final Duration CHECKPOINT_EVERY = Duration.ofSeconds(3);

    private final WorkStore work;
    private final EngineCatalogue engines;
    private final InstantSource clock;

    RunTask(WorkStore work, EngineCatalogue engines, InstantSource clock) {
        this.work = work;
        this.engines = engines;
        this.clock = clock;
    }

    @Override
    public Stage stage() {
        return Stage.RUN;
    }

    @Override
    public void perform(Job job, Lease lease, Runnable guard) {
        WorkReports reports = new WorkReports(work, lease);
        WorkStore.Inputs inputs = reports.inputs();
        InversionEngine engine = engines.engine(job.settings().bundle());
        InversionSettings settings = EngineSettings.of(job.settings());
        RgbImage photograph = ImageReader.read(inputs.image());
        Optional<InvertibilityMap> map = EngineSettings.needsMap(job.settings())
                ? inputs.map().map(bytes -> InvertibilityMapFile.parse(bytes, "the map of job " + job.id()))
                : Optional.empty();
        try (InversionRun run = inputs.checkpoint().isPresent()
                ? engine.resume(
                        photograph, settings, map, inputs.checkpoint().get().bytes())
                : engine.start(photograph, settings, map)) {
            if (job.step() > 0) {
                reports.rewindTo(run.step());
            }
            optimise(run, reports, guard);
            reports.finishRun(new Rendering(engine, photograph, job.settings(), map).finish(run.latents(), guard));
        }
    }

    private void optimise(InversionRun run, WorkReports reports, Runnable guard) {
        StepsPerChunk chunk = new StepsPerChunk(clock);
        Pace pace = new Pace(clock, CHECKPOINT_EVERY);
        while (run.step() < run.steps()) {
            try {
                guard.run();
            } catch (RuntimeException stop) {
                reports.checkpointBeforeStop(() -> new Checkpoint(run.step(), run.checkpoint()), stop);
                throw stop;
            }
            List<StepLosses> losses = run.advance(chunk.begin());
            chunk.end(losses.size());
            reports.losses(losses.stream().map(RunTask::record).toList());
            if (pace.isDue()) {
                reports.checkpoint(new Checkpoint(run.step(), run.checkpoint()));
            }
        }
    }

    private static LossRecord record(StepLosses losses) {
        return new LossRecord(
                losses.step(),
                losses.total(),
                losses.mse(),
                losses.lpips(),
                losses.gaussianPrior(),
                losses.styleSpread(),
                losses.featureNorm());
    }
}
