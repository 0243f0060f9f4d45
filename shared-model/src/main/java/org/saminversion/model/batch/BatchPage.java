package org.saminversion.model.batch;

import java.util.List;
import java.util.Optional;
import org.saminversion.model.JobPage;

/** Batches, newest first, and where the next page begins. */
public record BatchPage(List<Batch> batches, Optional<JobPage.Position> next) {}
