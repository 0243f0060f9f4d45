package org.saminversion.gpu;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.saminversion.inversion.image.PngWriter;
import org.saminversion.inversion.latent.Latents;
import org.saminversion.model.Artefact;
import org.saminversion.model.Content;
import org.saminversion.model.Lane;
import org.saminversion.worker.JobInHand;

/** Shows a person how the reconstruction stands while it is optimised. Nobody watches the jobs of a catalogue. */
final class Preview {
    /** Previews take at most one part of so many of the time. */
    private static final int SHARE = 20;

    private final InstantSource clock;
    private final JobInHand job;
    private final Duration interval;
    private final boolean wanted;
    private Instant next;

    Preview(InstantSource clock, JobInHand job, Duration interval) {
        this.clock = clock;
        this.job = job;
        this.interval = interval;
        this.wanted = job.job().lane() == Lane.INTERACTIVE;
        this.next = clock.instant().plus(interval);
    }

    boolean isDue() {
        return wanted && !clock.instant().isBefore(next);
    }

    void show(Latents latents) {
        Instant begin = clock.instant();
        job.reports()
                .preview(new Content(
                        Artefact.PREVIEW,
                        Content.PNG,
                        PngWriter.toBytes(job.engine().render(latents))));
        Instant end = clock.instant();
        Duration pause = Duration.between(begin, end).multipliedBy(SHARE - 1);
        next = end.plus(pause.compareTo(interval) > 0 ? pause : interval);
    }
}
