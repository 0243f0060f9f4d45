package org.saminversion.gateway.dashboard.batches;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.saminversion.model.batch.Batch;
import org.saminversion.model.batch.BatchCounts;
import org.saminversion.model.batch.BatchDetails;
import org.saminversion.model.batch.BatchState;

/** A batch as its page shows it. */
public record Catalogue(BatchDetails details) {
    /**
     * A part of the bar of all items.
     *
     * @param at where it begins, on a bar of 1000 units
     * @param width in the same units
     */
    public record Part(String state, long count, double at, double width) {}

    public Batch batch() {
        return details.batch();
    }

    public BatchCounts counts() {
        return details.counts();
    }

    /** Items by state, those that are over first; without states that have none. */
    public List<Part> parts() {
        BatchCounts counts = details.counts();
        List<Part> whole = List.of(
                new Part("SUCCEEDED", counts.succeeded(), 0, 0),
                new Part("FAILED", counts.failed(), 0, 0),
                new Part("EXPIRED", counts.expired(), 0, 0),
                new Part("CANCELLED", counts.cancelled(), 0, 0),
                new Part("RUNNING", counts.running(), 0, 0),
                new Part("QUEUED", counts.queued(), 0, 0),
                new Part("WAITING", counts.waiting(), 0, 0));
        List<Part> placed = new ArrayList<>();
        double at = 0;
        for (Part part : whole) {
            if (part.count() > 0) {
                double width = 1000.0 * part.count() / counts.items();
                placed.add(new Part(part.state(), part.count(), at, width));
                at += width;
            }
        }
        return placed;
    }

    /** Failed items and refused lines by their cause. */
    public boolean hasErrors() {
        return !details.causes().isEmpty() || !details.failures().isEmpty();
    }

    public boolean isUploading() {
        return batch().state() == BatchState.UPLOADING;
    }

    public boolean isChecking() {
        return batch().state() == BatchState.VALIDATING;
    }

    public boolean isOver() {
        return batch().state().isFinal();
    }

    /** Whether something can be tried again. */
    public boolean isRetriable() {
        return batch().state() == BatchState.DONE && counts().failed() + counts().expired() > 0;
    }

    public Optional<Double> itemsPerMinute() {
        return details.itemsPerSecond().isPresent()
                ? Optional.of(60 * details.itemsPerSecond().getAsDouble())
                : Optional.empty();
    }

    public Optional<Duration> timeToEnd() {
        return details.secondsToEnd().isPresent()
                ? Optional.of(Duration.ofMillis(
                        Math.round(1000 * details.secondsToEnd().getAsDouble())))
                : Optional.empty();
    }
}
