package org.saminversion.gateway.dashboard.jobs;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.quarkus.runtime.ShutdownEvent;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.saminversion.inversion.image.ImageReader;
import org.saminversion.inversion.image.PngWriter;
import org.saminversion.inversion.image.Resample;
import org.saminversion.inversion.image.RgbImage;
import org.saminversion.model.Artefact;
import org.saminversion.model.Job;
import org.saminversion.model.JobId;
import org.saminversion.model.Tenant;
import org.saminversion.model.store.JobStore;

/** Small versions of the pictures of jobs, made once for each and remembered for a while. */
@ApplicationScoped
public class Thumbnails {
    /** The longer side in pixels. */
    static final int SIDE_MAX = 96;

    private static final Duration READ_TIMEOUT = Duration.ofSeconds(10);
    private static final long REMEMBERED_BYTES_MAX = 32L << 20;

    /** A row's picture that was remembered; another picture of the same job has another version. */
    private record Name(Tenant tenant, JobId job, String artefact, String version) {}

    private final JobStore jobs;
    // One at a time, with its reading: a large photograph takes 200 MB of memory while it is made small.
    private final ExecutorService thread = Executors.newSingleThreadExecutor(task -> new Thread(task, "thumbnails"));
    private final AsyncCache<Name, byte[]> known = Caffeine.newBuilder()
            .maximumWeight(REMEMBERED_BYTES_MAX)
            .weigher((Name name, byte[] png) -> png.length)
            .buildAsync();

    Thumbnails(JobStore jobs) {
        this.jobs = jobs;
    }

    void stop(@Observes ShutdownEvent event) {
        thread.shutdownNow();
    }

    /** Address of the input's thumbnail. */
    public static String input(Job job) {
        return address(job, Artefact.INPUT, job.inputSha256().substring(0, 12));
    }

    /** Address of the reconstruction's thumbnail; another one after a replay. */
    public static String reconstruction(Job job) {
        return address(job, Artefact.RECONSTRUCTION, Long.toString(job.version()));
    }

    private static String address(Job job, String artefact, String version) {
        return "/dashboard/jobs/" + job.id() + "/thumbnails/" + artefact + "?version=" + version;
    }

    /** A PNG; empty if the job has no such picture. */
    Uni<Optional<byte[]>> of(Tenant tenant, JobId job, String artefact, String version) {
        Name name = new Name(tenant, job, artefact, version);
        return Uni.createFrom()
                .completionStage(() -> known.get(
                        name,
                        (same, executor) -> Uni.createFrom()
                                .item(() -> make(same))
                                .runSubscriptionOn(thread)
                                .subscribeAsCompletionStage()))
                .map(Optional::ofNullable);
    }

    private byte[] make(Name name) {
        return jobs.content(name.tenant(), name.job(), name.artefact())
                .await()
                .atMost(READ_TIMEOUT)
                .filter(content -> content.mediaType().startsWith("image/"))
                .map(content -> PngWriter.toBytes(small(ImageReader.read(content.bytes()))))
                .orElse(null);
    }

    static RgbImage small(RgbImage image) {
        int longer = Math.max(image.width(), image.height());
        return longer <= SIDE_MAX
                ? image
                : Resample.lanczos(
                        image,
                        Math.max(1, Math.round((float) image.width() * SIDE_MAX / longer)),
                        Math.max(1, Math.round((float) image.height() * SIDE_MAX / longer)));
    }
}
