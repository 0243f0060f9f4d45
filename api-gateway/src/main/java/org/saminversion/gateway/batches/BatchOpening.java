package org.saminversion.gateway.batches;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.saminversion.gateway.callbacks.Callbacks;
import org.saminversion.gateway.http.IdempotencyHeader;
import org.saminversion.gateway.http.Traces;
import org.saminversion.gateway.http.Waiting;
import org.saminversion.gateway.problems.ProblemFailure;
import org.saminversion.model.Tenant;
import org.saminversion.model.batch.Batch;
import org.saminversion.model.batch.BatchId;
import org.saminversion.model.batch.BatchStore;
import org.saminversion.model.batch.NewBatch;
import org.saminversion.model.callback.EndpointId;
import org.saminversion.model.store.IdempotencyKey;
import org.saminversion.model.store.StoredAnswer;

/** Begins batches, once what their callers want is sound. */
@ApplicationScoped
class BatchOpening {
    private static final String ROUTE = "POST " + BatchesResource.PATH;

    private final BatchStore batches;
    private final BatchItemCheck check;
    private final Callbacks callbacks;
    private final Traces traces;
    private final Duration timeToDeadline;
    private final Duration retention;
    private final Supplier<UUID> ids = UUID::randomUUID;

    BatchOpening(
            BatchStore batches,
            BatchItemCheck check,
            Callbacks callbacks,
            Traces traces,
            @ConfigProperty(name = "sam.batches.deadline") Duration timeToDeadline,
            @ConfigProperty(name = "sam.jobs.retention") Duration retention) {
        this.batches = batches;
        this.check = check;
        this.callbacks = callbacks;
        this.traces = traces;
        this.timeToDeadline = timeToDeadline;
        this.retention = retention;
    }

    /** @param replayed whether it was begun by an earlier request with the same idempotency key */
    record Opened(Batch batch, boolean replayed) {}

    /**
     * Blocks.
     *
     * @throws org.saminversion.inversion.failure.JobFailure.Rejected if its defaults are wrong
     * @throws ProblemFailure if its callback cannot be taken, or its idempotency key belongs to another request
     */
    Opened open(Tenant tenant, BatchRequest request, HttpHeaders headers) {
        check.requireSound(request.defaults());
        Optional<EndpointId> callback = request.callback()
                .map(wanted ->
                        Waiting.forStore(callbacks.resolve(tenant, wanted)).endpoint());
        NewBatch batch = new NewBatch(
                new BatchId(ids.get()),
                tenant,
                request.name(),
                request.format(),
                request.onError(),
                request.defaults().toString(),
                request.timeToDeadline().orElse(timeToDeadline),
                retention,
                callback,
                Optional.of(traces.of(headers)));
        Optional<IdempotencyKey> key = IdempotencyHeader.read(headers, tenant, ROUTE, request.toString());
        return key.isPresent() ? once(batch, key.get()) : new Opened(Waiting.forStore(batches.create(batch)), false);
    }

    private Opened once(NewBatch batch, IdempotencyKey key) {
        IdempotencyHeader.Given given =
                IdempotencyHeader.given(Waiting.forStore(batches.createOnce(batch, key, BatchOpening::answer)));
        return new Opened(find(batch.tenant(), given.lastOfLocation()), given.replayed());
    }

    /** As it stands now: more may have happened to it since the first request. */
    private Batch find(Tenant tenant, String id) {
        return Waiting.forStore(batches.find(tenant, BatchUploads.parse(id)))
                .orElseThrow(() -> BatchUploads.missing(id));
    }

    private static StoredAnswer answer(Batch batch) {
        return new StoredAnswer(Response.Status.CREATED.getStatusCode(), BatchView.self(batch), "{}");
    }
}
