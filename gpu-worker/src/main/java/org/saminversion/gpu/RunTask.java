package org.saminversion.gpu;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.saminversion.inversion.engine.InversionRun;
import org.saminversion.inversion.engine.StepLosses;
import org.saminversion.model.LossRecord;
import org.saminversion.model.store.Checkpoint;
import org.saminversion.model.store.Stage;
import org.saminversion.worker.JobInHand;
import org.saminversion.worker.Pace;
import org.saminversion.worker.StageTask;
import org.saminversion.worker.StepsPerChunk;
import org.saminversion.worker.WorkMeters;
import org.saminversion.worker.WorkReports;

/** Optimises, in chunks between which it reports, saves and can stop; then renders and measures. */
@ApplicationScoped
class RunTask implements StageTask {
    private final InstantSource clock;
    private final WorkMeters meters;
    private final Duration checkpointEvery;
    private final Duration previewEvery;

    RunTask(
            InstantSource clock,
            WorkMeters meters,
            @ConfigProperty(name = "sam.gpu.checkpoint-every") Duration checkpointEvery,
            @ConfigProperty(name = "sam.gpu.preview-every") Duration previewEvery) {
        this.clock = clock;
        this.meters = meters;
        this.checkpointEvery = checkpointEvery;
        this.previewEvery = previewEvery;
    }

    @Override
    public Stage stage() {
        return Stage.RUN;
    }

    @Override
    public void perform(JobInHand job) {
        try (InversionRun run = open(job)) {
            if (job.job().step() > 0) {
                job.reports().rewindTo(run.step());
            }
            optimise(run, job);
            job.reports().finishRun(new Rendering(job).finish(run.latents()));
        }
    }

    private static InversionRun open(JobInHand job) {
        return job.checkpoint().isPresent()
                ? job.engine()
                        .resume(
                                job.photograph(),
                                job.settings(),
                                job.map(),
                                job.checkpoint().get().bytes())
                : job.engine().start(job.photograph(), job.settings(), job.map());
    }

    private void optimise(InversionRun run, JobInHand job) {
        WorkReports reports = job.reports();
        StepsPerChunk chunk = new StepsPerChunk(clock);
        Pace pace = new Pace(clock, checkpointEvery);
        Preview preview = new Preview(clock, job, previewEvery);
        while (run.step() < run.steps()) {
            try {
                job.check();
            } catch (RuntimeException stop) {
                reports.checkpointBeforeStop(() -> new Checkpoint(run.step(), run.checkpoint()), stop);
                throw stop;
            }
            List<StepLosses> losses = run.advance(chunk.begin());
            meters.steps(losses.size(), chunk.end(losses.size()));
            reports.losses(losses.stream().map(RunTask::record).toList());
            if (pace.isDue()) {
                reports.checkpoint(new Checkpoint(run.step(), run.checkpoint()));
            }
            if (preview.isDue()) {
                preview.show(run.latents());
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
