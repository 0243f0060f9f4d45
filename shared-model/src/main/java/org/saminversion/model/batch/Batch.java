package org.saminversion.model.batch;

import java.time.Instant;
import java.util.Optional;
import org.saminversion.model.Failure;
import org.saminversion.model.Tenant;

/**
 * A batch as it stands, without its items.
 *
 * @param defaults settings of items that name none, as a JSON object
 * @param uploadBytes how much of the upload is stored
 * @param linesRead lines, or files of an archive, that were checked, good or not
 * @param failure why the batch as a whole was refused
 */
public record Batch(
        BatchId id,
        Tenant tenant,
        Optional<String> name,
        BatchState state,
        BatchFormat format,
        OnError onError,
        String defaults,
        long uploadBytes,
        long linesRead,
        Optional<Failure> failure,
        Times times) {
    /**
     * @param deadline what has not ended by then expires
     * @param expires the batch and its results may be deleted after this
     */
    public record Times(
            Instant created,
            Instant updated,
            Optional<Instant> opened,
            Optional<Instant> finished,
            Instant deadline,
            Instant expires) {}
}
