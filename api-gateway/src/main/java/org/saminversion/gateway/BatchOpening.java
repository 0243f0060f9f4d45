package org.saminversion.gateway;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.HttpHeaders;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.saminversion.model.Tenant;
import org.saminversion.model.batch.Batch;
import org.saminversion.model.batch.BatchId;
import org.saminversion.model.batch.BatchStore;
import org.saminversion.model.batch.NewBatch;
import org.saminversion.model.callback.EndpointId;

/** Begins batches, once what their callers want is sound. */
@ApplicationScoped
class BatchOpening {
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

    /**
     * Blocks.
     *
     * @throws org.saminversion.inversion.failure.JobFailure.Rejected if its defaults are wrong
     * @throws ProblemFailure if its callback cannot be taken
     */
    Batch open(Tenant tenant, BatchRequest request, HttpHeaders headers) {
        check.requireSound(request.defaults());
        Optional<EndpointId> callback = request.callback()
                .map(wanted ->
                        Waiting.forStore(callbacks.resolve(tenant, wanted)).endpoint());
        return Waiting.forStore(batches.create(new NewBatch(
                new BatchId(ids.get()),
                tenant,
                request.name(),
                request.format(),
                request.onError(),
                request.defaults().toString(),
                request.timeToDeadline().orElse(timeToDeadline),
                retention,
                callback,
                Optional.of(traces.of(headers)))));
    }
}
