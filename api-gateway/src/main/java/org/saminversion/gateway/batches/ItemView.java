package org.saminversion.gateway.batches;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Optional;
import org.saminversion.gateway.inversions.InversionsResource;
import org.saminversion.gateway.problems.FailureView;
import org.saminversion.model.JobQuality;
import org.saminversion.model.batch.ItemResult;

/**
 * An item of a batch as callers see it.
 *
 * @param inversion where its job is, once it has one
 * @param folder of its pictures in the archive of results, once it has succeeded
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
record ItemView(
        long line,
        String customId,
        String state,
        Optional<String> inversion,
        Optional<JobQuality> metrics,
        Optional<FailureView> failure,
        List<String> artefacts,
        Optional<String> folder) {
    private static final int FOLDER_LENGTH_MAX = 60;

    static ItemView of(ItemResult item) {
        Optional<String> self = item.job().map(job -> InversionsResource.PATH + "/" + job);
        return new ItemView(
                item.line(),
                item.customId(),
                item.state(),
                self,
                item.quality(),
                item.failure().map(FailureView::of),
                item.artefacts().stream()
                        .map(artefact -> self.orElseThrow() + "/artefacts/" + artefact.name())
                        .toList(),
                item.artefacts().isEmpty() ? Optional.empty() : Optional.of(folder(item)));
    }

    /** The number makes it unique and keeps the order; the caller's name makes it readable, as far as every disk takes it. */
    static String folder(ItemResult item) {
        String readable = item.customId().replaceAll("[^A-Za-z0-9._-]+", "_");
        String end = readable.substring(Math.max(0, readable.length() - FOLDER_LENGTH_MAX));
        return String.format("%06d-%s", item.line(), end);
    }
}
