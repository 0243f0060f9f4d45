package org.saminversion.gateway.inversions;

import com.fasterxml.jackson.annotation.JsonInclude;
import jakarta.ws.rs.core.EntityTag;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.saminversion.gateway.callbacks.DeliveriesResource;
import org.saminversion.gateway.problems.FailureView;
import org.saminversion.model.Artefact;
import org.saminversion.model.EditOrder;
import org.saminversion.model.Job;
import org.saminversion.model.JobDetails;
import org.saminversion.model.JobId;
import org.saminversion.model.JobQuality;
import org.saminversion.model.Lane;
import org.saminversion.model.LossRecord;
import org.saminversion.model.TraceContext;
import org.saminversion.model.lifecycle.JobState;

/**
 * An inversion as callers see it.
 *
 * @param traceId of the trace that its submission belongs to, which every message and log line about it carries
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record InversionView(
        String id,
        Optional<String> customId,
        JobState state,
        long version,
        Lane lane,
        String bundle,
        String method,
        double tau,
        int steps,
        long seed,
        Map<String, Double> settings,
        List<EditView> edits,
        Progress progress,
        Optional<List<LossRecord>> losses,
        Optional<JobQuality> metrics,
        Map<String, Double> shares,
        Optional<List<ArtefactView>> artefacts,
        Optional<FailureView> failure,
        Map<String, String> provenance,
        Optional<String> rerunOf,
        int attempts,
        Instant createdAt,
        Instant updatedAt,
        Optional<Instant> startedAt,
        Optional<Instant> finishedAt,
        Instant queueDeadline,
        Optional<Instant> runDeadline,
        Instant expiresAt,
        boolean pinned,
        Optional<String> traceId,
        Links links) {
    /** @param fraction of the present stage, 0 to 1 */
    public record Progress(int step, int steps, double fraction) {}

    /** @param artefact where the edited picture will be */
    public record EditView(String direction, double strength, String artefact) {}

    public record ArtefactView(String name, String href, String mediaType, long bytes, String sha256) {}

    public record Links(String self, String events, String cancel, String rerun, String retention, String deliveries) {}

    /** Without losses and artefacts, for lists. */
    static InversionView summary(Job job) {
        return of(job, Optional.empty(), Optional.empty());
    }

    static InversionView of(JobDetails details) {
        String self = self(details.job());
        return of(
                details.job(),
                Optional.of(details.losses()),
                Optional.of(details.artefacts().stream()
                        .map(artefact -> artefact(self, artefact))
                        .toList()));
    }

    /** Changes whenever the view may. */
    static EntityTag tag(Job job) {
        return new EntityTag(job.version() + "-" + job.times().updated().toEpochMilli(), true);
    }

    static String self(Job job) {
        return InversionsResource.PATH + "/" + job.id();
    }

    private static InversionView of(
            Job job, Optional<List<LossRecord>> losses, Optional<List<ArtefactView>> artefacts) {
        String self = self(job);
        return new InversionView(
                job.id().toString(),
                job.customId(),
                job.state(),
                job.version(),
                job.lane(),
                job.settings().bundle(),
                job.settings().method(),
                job.settings().tau(),
                job.settings().steps(),
                job.settings().seed(),
                new TreeMap<>(job.settings().chosen()),
                edits(self, job.settings().edits()),
                new Progress(job.step(), job.settings().steps(), job.progress()),
                losses,
                job.quality(),
                job.shares(),
                artefacts,
                job.failure().map(FailureView::of),
                job.provenance(),
                job.rerunOf().map(JobId::toString),
                job.attempts(),
                job.times().created(),
                job.times().updated(),
                job.times().started(),
                job.times().finished(),
                job.times().queueDeadline(),
                job.times().runDeadline(),
                job.times().expires(),
                job.pinned(),
                job.trace().map(TraceContext::traceId),
                new Links(
                        self,
                        self + "/events",
                        self + "/cancel",
                        self + "/rerun",
                        self + "/retention",
                        DeliveriesResource.PATH + "?subject=" + job.id()));
    }

    private static List<EditView> edits(String self, List<EditOrder> orders) {
        return java.util.stream.IntStream.range(0, orders.size())
                .mapToObj(i -> new EditView(
                        orders.get(i).direction(), orders.get(i).strength(), self + "/artefacts/" + Artefact.edit(i)))
                .toList();
    }

    private static ArtefactView artefact(String self, Artefact artefact) {
        return new ArtefactView(
                artefact.name(),
                self + "/artefacts/" + artefact.name(),
                artefact.mediaType(),
                artefact.byteSize(),
                artefact.sha256());
    }
}
