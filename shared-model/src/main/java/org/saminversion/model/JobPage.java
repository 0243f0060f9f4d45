package org.saminversion.model;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Jobs, newest first, and where the next page begins. */
public record JobPage(List<Job> jobs, Optional<Position> next) {
    /** The last job of a page; the next page holds what comes after it. */
    public record Position(Instant created, JobId id) {}
}
