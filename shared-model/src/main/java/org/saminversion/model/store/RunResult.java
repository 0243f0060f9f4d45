package org.saminversion.model.store;

import java.util.List;
import java.util.Map;
import org.saminversion.model.Content;
import org.saminversion.model.JobQuality;

/** All that a finished run leaves. */
public record RunResult(
        List<Content> artefacts, JobQuality quality, Map<String, Double> shares, Map<String, String> provenance) {}
