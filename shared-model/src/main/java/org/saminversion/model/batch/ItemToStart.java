package org.saminversion.model.batch;

import java.net.URI;
import java.time.Instant;
import java.util.Optional;
import org.saminversion.model.JobId;
import org.saminversion.model.JobSettings;
import org.saminversion.model.Tenant;
import org.saminversion.model.TraceContext;

/**
 * An item whose turn has come, claimed by one feeder for a while.
 *
 * @param customId the caller's name for it, which becomes that of its job
 * @param job the id that its job gets: a feeder that starts it again after a crash makes no second one
 * @param remote where its picture is, if that did not come with the upload
 * @param sha256 of its picture, and its media type, if that came with the upload
 * @param trace that the batch belongs to
 */
public record ItemToStart(
        BatchId batch,
        long line,
        Tenant tenant,
        String customId,
        JobId job,
        Optional<URI> remote,
        Optional<String> sha256,
        Optional<String> mediaType,
        JobSettings settings,
        boolean needsMap,
        int tries,
        Instant deadline,
        Instant expires,
        Optional<TraceContext> trace) {}
