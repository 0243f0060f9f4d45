package org.saminversion.model;

import java.util.List;

/** A job with all that belongs to it. */
public record JobDetails(Job job, List<Artefact> artefacts, List<LossRecord> losses) {}
