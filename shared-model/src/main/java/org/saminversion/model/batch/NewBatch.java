package org.saminversion.model.batch;

import java.time.Duration;
import java.util.Optional;
import org.saminversion.model.Tenant;
import org.saminversion.model.TraceContext;
import org.saminversion.model.callback.EndpointId;

/**
 * A batch to be stored.
 *
 * @param defaults settings of items that name none, as a JSON object
 * @param timeToDeadline items that have not ended after this expire
 * @param retention the batch and its jobs are kept this long after the deadline
 * @param callback who is told of the end
 * @param trace that the request belongs to; its items do too
 */
public record NewBatch(
        BatchId id,
        Tenant tenant,
        Optional<String> name,
        BatchFormat format,
        OnError onError,
        String defaults,
        Duration timeToDeadline,
        Duration retention,
        Optional<EndpointId> callback,
        Optional<TraceContext> trace) {}
