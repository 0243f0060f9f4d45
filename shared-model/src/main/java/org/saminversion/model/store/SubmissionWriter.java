package org.saminversion.model.store;

import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.SqlClient;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.saminversion.model.Artefact;
import org.saminversion.model.EditOrder;
import org.saminversion.model.Job;
import org.saminversion.model.JobEvent;
import org.saminversion.model.JobId;
import org.saminversion.model.Sha256;
import org.saminversion.model.Submission;
import org.saminversion.model.Topics;
import org.saminversion.model.TraceContext;
import org.saminversion.model.callback.CallbackEvent;
import org.saminversion.model.lifecycle.JobState;

/**
 * Writes a new job with its picture, first event and messages. This is the busiest write of the service, and so the only one
 * that goes around the object-relational mapper: one statement instead of eleven.
 */
@ApplicationScoped
public class SubmissionWriter {
    private final JobCallbacks callbacks;
    private final InstantSource clock;

    SubmissionWriter(JobCallbacks callbacks, InstantSource clock) {
        this.callbacks = callbacks;
        this.clock = clock;
    }

    /**
     * Stores the job.
     *
     * @param client a pool, or a connection whose transaction has more to do
     */
    public Uni<Job> write(SqlClient client, Submission submission) {
        Job job = job(submission);
        Map<String, Object> state = Map.of("state", job.state().name(), "attempts", 0);
        RowsStatement rows = new RowsStatement()
                .insert("blobs", blob(submission, job), "on conflict (sha256) do nothing")
                .insert("jobs", jobRow(submission, job))
                .insert("artefacts", input(submission, job))
                .insert("job_events", firstEvent(job, state))
                .insert(
                        "outbox",
                        message(
                                job,
                                Topics.requests(job.state(), job.lane()),
                                job.id().toString()))
                .insert("outbox", message(job, Topics.JOB_EVENTS, Long.toString(job.version())));
        List<EditOrder> edits = job.settings().edits();
        for (int ordinal = 0; ordinal < edits.size(); ordinal++) {
            rows.insert("edits", edit(job, ordinal, edits.get(ordinal)));
        }
        callbacks.tell(rows, job, submission.callback(), state);
        return rows.execute(client).replaceWith(job);
    }

    private Job job(Submission submission) {
        Instant now = now();
        return new Job(
                submission.id(),
                submission.tenant(),
                submission.lane(),
                submission.needsMap() ? JobState.QUEUED : JobState.READY,
                1,
                submission.settings(),
                Sha256.of(submission.image()),
                submission.mediaType(),
                0,
                0,
                0,
                Optional.empty(),
                Map.of(),
                Map.of(),
                Optional.empty(),
                submission.customId(),
                submission.rerunOf(),
                false,
                submission.trace(),
                new Job.Times(
                        now,
                        now,
                        Optional.empty(),
                        Optional.empty(),
                        now.plus(submission.queueTimeout()),
                        Optional.empty(),
                        now.plus(submission.retention())));
    }

    private static Map<String, Object> blob(Submission submission, Job job) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("sha256", job.inputSha256());
        row.put("bytes", submission.image());
        row.put("byte_size", (long) submission.image().length);
        row.put("created_at", job.times().created());
        return row;
    }

    private static Map<String, Object> jobRow(Submission submission, Job job) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("id", job.id().value());
        row.put("tenant", job.tenant().name());
        row.put("lane", job.lane());
        row.put("state", job.state());
        row.put("version", job.version());
        row.put("bundle", job.settings().bundle());
        row.put("method", job.settings().method());
        row.put("tau", job.settings().tau());
        row.put("steps", job.settings().steps());
        row.put("seed", job.settings().seed());
        row.put("settings", new JsonObject(Map.copyOf(job.settings().chosen())));
        row.put("input_sha256", job.inputSha256());
        row.put("input_media_type", job.inputMediaType());
        row.put("custom_id", job.customId().orElse(null));
        row.put("rerun_of", job.rerunOf().map(JobId::value).orElse(null));
        row.put("created_at", job.times().created());
        row.put("updated_at", job.times().updated());
        row.put("message_sent_at", job.times().created());
        row.put("queue_deadline", job.times().queueDeadline());
        row.put("run_timeout_ms", submission.runTimeout().toMillis());
        row.put("expires_at", job.times().expires());
        row.put("traceparent", traceparent(job));
        row.put(
                "callback_endpoint",
                submission.callback().map(wanted -> wanted.endpoint().value()).orElse(null));
        row.put(
                "callback_events",
                submission
                        .callback()
                        .map(wanted -> CallbackEvent.write(wanted.events()))
                        .orElse(null));
        return row;
    }

    private static Map<String, Object> input(Submission submission, Job job) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("job_id", job.id().value());
        row.put("name", Artefact.INPUT);
        row.put("tenant", job.tenant().name());
        row.put("media_type", job.inputMediaType());
        row.put("sha256", job.inputSha256());
        row.put("byte_size", (long) submission.image().length);
        row.put("created_at", job.times().created());
        return row;
    }

    private static Map<String, Object> firstEvent(Job job, Map<String, Object> body) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("job_id", job.id().value());
        row.put("number", job.version());
        row.put("tenant", job.tenant().name());
        row.put("kind", JobEvent.STATE);
        row.put("body", new JsonObject(body));
        row.put("created_at", job.times().created());
        return row;
    }

    private static Map<String, Object> message(Job job, String topic, String body) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("tenant", job.tenant().name());
        row.put("topic", topic);
        row.put("message_key", job.id().toString());
        row.put("body", body);
        row.put("available_at", job.times().created());
        row.put("created_at", job.times().created());
        row.put("traceparent", traceparent(job));
        return row;
    }

    private static Map<String, Object> edit(Job job, int ordinal, EditOrder order) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("job_id", job.id().value());
        row.put("ordinal", ordinal);
        row.put("tenant", job.tenant().name());
        row.put("direction", order.direction());
        row.put("strength", order.strength());
        return row;
    }

    private static String traceparent(Job job) {
        return job.trace().map(TraceContext::toString).orElse(null);
    }

    /** In microseconds, the resolution of PostgreSQL, so that a value reads back as it was written. */
    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
