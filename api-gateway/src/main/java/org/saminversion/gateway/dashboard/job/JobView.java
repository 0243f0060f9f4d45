package org.saminversion.gateway.dashboard.job;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.saminversion.gateway.dashboard.frame.Formats;
import org.saminversion.gateway.dashboard.jobs.JobRow;
import org.saminversion.model.Artefact;
import org.saminversion.model.Failure;
import org.saminversion.model.Job;
import org.saminversion.model.JobDetails;
import org.saminversion.model.JobEvent;
import org.saminversion.model.callback.Delivery;
import org.saminversion.model.lifecycle.JobState;

/**
 * A job as its page shows it.
 *
 * @param result address of the reconstruction, or of the latest preview; empty while there is neither
 * @param resultName what that is
 * @param hasMap whether there is an invertibility map
 * @param chart empty while there are no losses
 */
public record JobView(
        Job job,
        JobRow row,
        Optional<Failure> failure,
        String fitted,
        String result,
        String resultName,
        boolean hasMap,
        Optional<LossChart> chart,
        List<Timeline.Entry> timeline,
        List<Download> downloads,
        List<Delivery> deliveries,
        Map<String, String> facts,
        boolean mayChange) {
    /** @param picture whether it can be looked at */
    public record Download(String name, String address, String mediaType, long bytes, boolean picture) {}

    static JobView of(JobDetails details, List<JobEvent> events, List<Delivery> deliveries, boolean mayChange) {
        Job job = details.job();
        JobRow row = JobRow.of(job, mayChange);
        String self = "/v1/inversions/" + job.id();
        Optional<Artefact> result =
                artefact(details, Artefact.RECONSTRUCTION).or(() -> artefact(details, Artefact.PREVIEW));
        return new JobView(
                job,
                row,
                job.failure(),
                "/dashboard/jobs/" + job.id() + "/fitted",
                result.map(picture -> self + "/artefacts/" + picture.name() + "?version="
                                + picture.sha256().substring(0, 12))
                        .orElse(""),
                result.map(picture -> picture.name().equals(Artefact.PREVIEW) ? "preview" : "reconstruction")
                        .orElse(""),
                artefact(details, Artefact.MAP).isPresent(),
                details.losses().isEmpty()
                        ? Optional.empty()
                        : Optional.of(
                                LossChart.of(details.losses(), job.settings().steps())),
                Timeline.of(events),
                details.artefacts().stream()
                        .map(artefact -> new Download(
                                artefact.name(),
                                self + "/artefacts/" + artefact.name(),
                                artefact.mediaType(),
                                artefact.byteSize(),
                                artefact.mediaType().startsWith("image/")))
                        .toList(),
                deliveries,
                facts(job, row),
                mayChange);
    }

    /** Whether the same can be submitted again. */
    public boolean repeatable() {
        return mayChange && job.state().isFinal();
    }

    /** Whether its edits can be tried out. */
    public boolean editable() {
        return mayChange && job.state() == JobState.SUCCEEDED;
    }

    private static Optional<Artefact> artefact(JobDetails details, String name) {
        return details.artefacts().stream()
                .filter(artefact -> artefact.name().equals(name))
                .findFirst();
    }

    private static Map<String, String> facts(Job job, JobRow row) {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("id", job.id().toString());
        job.customId().ifPresent(id -> facts.put("custom id", id));
        facts.put("bundle", job.settings().bundle());
        facts.put("method", job.settings().method());
        if (row.usesMap()) {
            facts.put("tau", Double.toString(job.settings().tau()));
        }
        facts.put("steps", Integer.toString(job.settings().steps()));
        facts.put("seed", Long.toString(job.settings().seed()));
        facts.put(
                "settings",
                job.settings().chosen().isEmpty()
                        ? "the usual"
                        : Formats.settings(job.settings().chosen()));
        facts.put("lane", job.lane().name().toLowerCase(Locale.ROOT));
        facts.put("edits", edits(job));
        job.rerunOf().ifPresent(other -> facts.put("repeats", other.toString()));
        facts.putAll(job.provenance());
        return facts;
    }

    private static String edits(Job job) {
        List<String> edits = new ArrayList<>();
        job.settings().edits().forEach(edit -> edits.add(edit.direction() + " " + edit.strength()));
        return edits.isEmpty() ? "none" : String.join(", ", edits);
    }
}
