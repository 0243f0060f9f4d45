package org.saminversion.model.batch;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.hibernate.reactive.mutiny.Mutiny;
import org.saminversion.model.Tenant;
import org.saminversion.model.callback.DeliveryDraft;
import org.saminversion.model.callback.DeliveryQueue;
import org.saminversion.model.callback.EndpointId;
import org.saminversion.model.store.JobMapping;

/** Tells the endpoint that a batch names how the batch ended: one message for each end, since a retry leads to another. */
@ApplicationScoped
class BatchCallbacks {
    private final DeliveryQueue queue;

    BatchCallbacks(DeliveryQueue queue) {
        this.queue = queue;
    }

    /** Adds the message to the transaction that ends the batch. */
    Uni<Void> tellEnd(Mutiny.Session session, BatchEntity batch) {
        batch.timesEnded++;
        if (batch.callbackEndpoint == null) {
            return Uni.createFrom().voidItem();
        }
        return BatchCounting.counts(session, batch.id).chain(counts -> queue.add(session, draft(batch, counts)));
    }

    private static DeliveryDraft draft(BatchEntity batch, BatchCounts counts) {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("id", batch.id.toString());
        data.put("number", batch.timesEnded);
        data.put("state", batch.state);
        Optional.ofNullable(batch.name).ifPresent(name -> data.put("name", name));
        data.put("counts", counts(counts));
        if (batch.failureKind != null) {
            data.put("failure", Map.of("kind", batch.failureKind, "detail", DeliveryDraft.brief(batch.failureDetail)));
        }
        return new DeliveryDraft(
                new Tenant(batch.tenant),
                new EndpointId(batch.callbackEndpoint),
                batch.id,
                batch.timesEnded,
                "batch." + batch.state.name().toLowerCase(Locale.ROOT),
                data,
                batch.finishedAt,
                JobMapping.trace(batch.traceparent));
    }

    /** Of an ended batch: nothing waits or runs. */
    private static Map<String, Long> counts(BatchCounts counts) {
        Map<String, Long> told = new LinkedHashMap<>();
        told.put("items", counts.items());
        told.put("rejected", counts.rejected());
        told.put("succeeded", counts.succeeded());
        told.put("failed", counts.failed());
        told.put("cancelled", counts.cancelled());
        told.put("expired", counts.expired());
        return told;
    }
}
