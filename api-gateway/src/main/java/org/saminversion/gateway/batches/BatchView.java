package org.saminversion.gateway.batches;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonRawValue;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.saminversion.gateway.callbacks.DeliveriesResource;
import org.saminversion.gateway.problems.FailureView;
import org.saminversion.gateway.problems.Problem;
import org.saminversion.model.batch.Batch;
import org.saminversion.model.batch.BatchCounts;
import org.saminversion.model.batch.BatchDetails;
import org.saminversion.model.batch.BatchFormat;
import org.saminversion.model.batch.BatchState;
import org.saminversion.model.batch.OnError;

/**
 * A batch as callers see it.
 *
 * @param errors why lines were refused
 * @param failures why items failed or expired
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record BatchView(
        String id,
        Optional<String> name,
        BatchState state,
        BatchFormat format,
        OnError onError,
        @JsonRawValue @Schema(implementation = Object.class) String defaults,
        long uploadBytes,
        long linesRead,
        Optional<Counts> counts,
        Optional<Pace> pace,
        Optional<List<CauseView>> errors,
        Optional<List<CauseView>> failures,
        Optional<FailureView> failure,
        Instant createdAt,
        Instant updatedAt,
        Optional<Instant> openedAt,
        Optional<Instant> finishedAt,
        Instant deadline,
        Instant expiresAt,
        Links links) {
    /** @param rejected lines that were refused; all others are items, and each of these is in exactly one of the states */
    public record Counts(
            long items,
            long rejected,
            long waiting,
            long queued,
            long running,
            long succeeded,
            long failed,
            long cancelled,
            long expired) {}

    /** @param secondsToEnd at the present pace; absent when it cannot be told */
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    public record Pace(OptionalDouble itemsPerSecond, OptionalDouble secondsToEnd) {}

    /** @param example the detail of the first line that was refused or failed for this */
    public record CauseView(String type, String kind, long count, long firstLine, String example) {}

    public record Links(
            String self,
            String upload,
            @JsonProperty("finalize") String finishUpload,
            String cancel,
            String retry,
            String errors,
            String results,
            String archive,
            String deliveries) {}

    /** Without counts, for lists. */
    static BatchView summary(Batch batch) {
        return of(batch, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }

    static BatchView of(BatchDetails details) {
        return of(
                details.batch(),
                Optional.of(counts(details.counts())),
                Optional.of(new Pace(details.itemsPerSecond(), details.secondsToEnd())),
                Optional.of(details.causes().stream().map(BatchView::cause).toList()),
                Optional.of(details.failures().stream().map(BatchView::cause).toList()));
    }

    static String self(Batch batch) {
        return BatchesResource.PATH + "/" + batch.id();
    }

    private static BatchView of(
            Batch batch,
            Optional<Counts> counts,
            Optional<Pace> pace,
            Optional<List<CauseView>> errors,
            Optional<List<CauseView>> failures) {
        String self = self(batch);
        return new BatchView(
                batch.id().toString(),
                batch.name(),
                batch.state(),
                batch.format(),
                batch.onError(),
                batch.defaults(),
                batch.uploadBytes(),
                batch.linesRead(),
                counts,
                pace,
                errors,
                failures,
                batch.failure().map(FailureView::of),
                batch.times().created(),
                batch.times().updated(),
                batch.times().opened(),
                batch.times().finished(),
                batch.times().deadline(),
                batch.times().expires(),
                new Links(
                        self,
                        self + "/upload",
                        self + "/finalize",
                        self + "/cancel",
                        self + "/retry",
                        self + "/errors",
                        self + "/results",
                        self + "/results.zip",
                        DeliveriesResource.PATH + "?subject=" + batch.id()));
    }

    private static Counts counts(BatchCounts counts) {
        return new Counts(
                counts.items(),
                counts.rejected(),
                counts.waiting(),
                counts.queued(),
                counts.running(),
                counts.succeeded(),
                counts.failed(),
                counts.cancelled(),
                counts.expired());
    }

    private static CauseView cause(BatchDetails.ErrorCause cause) {
        return new CauseView(
                Problem.typeOf(cause.kind()), cause.kind(), cause.count(), cause.firstLine(), cause.example());
    }
}
