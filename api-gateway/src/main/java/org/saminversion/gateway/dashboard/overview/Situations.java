package org.saminversion.gateway.dashboard.overview;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.saminversion.gateway.operations.BacklogMeters;
import org.saminversion.model.Tenant;
import org.saminversion.model.crew.WorkerStore;
import org.saminversion.model.view.EndpointTroubles;
import org.saminversion.model.view.JobStatistics;

/** Reads how the service stands, for however many look at it. */
@ApplicationScoped
class Situations {
    private static final Duration REMEMBERED = Duration.ofSeconds(2);

    private final JobStatistics statistics;
    private final WorkerStore crew;
    private final EndpointTroubles endpoints;
    private final BacklogMeters backlog;
    private final InstantSource clock;
    private final Path uploads;
    private final AsyncCache<Tenant, Situation> known =
            Caffeine.newBuilder().expireAfterWrite(REMEMBERED).buildAsync();

    Situations(
            JobStatistics statistics,
            WorkerStore crew,
            EndpointTroubles endpoints,
            BacklogMeters backlog,
            InstantSource clock,
            @ConfigProperty(name = "quarkus.http.body.uploads-directory") Path uploads) {
        this.statistics = statistics;
        this.crew = crew;
        this.endpoints = endpoints;
        this.backlog = backlog;
        this.clock = clock;
        this.uploads = uploads;
    }

    Uni<Situation> of(Tenant tenant) {
        return Uni.createFrom()
                .completionStage(
                        () -> known.get(tenant, (same, executor) -> read(same).subscribeAsCompletionStage()));
    }

    private Uni<Situation> read(Tenant tenant) {
        return Uni.combine()
                .all()
                .unis(statistics.read(tenant), crew.list(tenant), endpoints.read(tenant))
                .asTuple()
                .map(parts -> new Situation(
                        clock.instant(),
                        parts.getItem1(),
                        parts.getItem2(),
                        parts.getItem3(),
                        backlog.outboxAge(),
                        disk()));
    }

    /** Where uploads lie; `sam serve` keeps its database on the same disk. */
    private Optional<Situation.DiskSpace> disk() {
        try {
            Path folder = uploads.toAbsolutePath();
            while (!Files.exists(folder)) {
                folder = folder.getParent();
            }
            FileStore store = Files.getFileStore(folder);
            return Optional.of(new Situation.DiskSpace(store.getUsableSpace(), store.getTotalSpace()));
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
