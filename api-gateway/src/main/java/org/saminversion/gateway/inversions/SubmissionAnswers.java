package org.saminversion.gateway.inversions;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.saminversion.gateway.events.JobWait;
import org.saminversion.gateway.http.IdempotencyHeader;
import org.saminversion.gateway.http.Traces;
import org.saminversion.gateway.http.WaitPreference;
import org.saminversion.gateway.http.Waiting;
import org.saminversion.model.Job;
import org.saminversion.model.JobId;
import org.saminversion.model.Submission;
import org.saminversion.model.store.IdempotencyKey;
import org.saminversion.model.store.JobStore;
import org.saminversion.model.store.StoredAnswer;

/** Stores checked submissions and answers them, with all that callers can ask for in headers. */
@ApplicationScoped
public class SubmissionAnswers {
    private static final int ACCEPTED = Response.Status.ACCEPTED.getStatusCode();

    private final JobStore jobs;
    private final JobWait waits;
    private final Traces traces;
    private final ObjectMapper json;

    SubmissionAnswers(JobStore jobs, JobWait waits, Traces traces, ObjectMapper json) {
        this.jobs = jobs;
        this.waits = waits;
        this.traces = traces;
        this.json = json;
    }

    /**
     * Stores the submission, or finds that it is stored already, and waits for its end if the caller prefers that.
     *
     * @param checked gets the trace of its request
     * @param route method and path, within which the caller's keys are distinct
     * @param requestSha256 of what the caller asked for
     */
    Uni<Response> answer(Submission checked, String route, String requestSha256, HttpHeaders headers) {
        Submission submission = checked.withTrace(traces.of(headers));
        Optional<String> prefer = Optional.ofNullable(headers.getHeaderString("Prefer"));
        Optional<String> key = IdempotencyHeader.read(headers);
        if (key.isEmpty()) {
            return Waiting.inTime(jobs.submit(submission))
                    .chain(job -> answer(submission, new IdempotencyHeader.Given(answer(job), false), prefer));
        }
        IdempotencyKey once = new IdempotencyKey(submission.tenant(), route, key.get(), requestSha256);
        return Waiting.inTime(jobs.submitOnce(submission, once, this::answer))
                .chain(outcome -> answer(submission, IdempotencyHeader.given(outcome), prefer));
    }

    private Uni<Response> answer(Submission submission, IdempotencyHeader.Given given, Optional<String> prefer) {
        StoredAnswer answer = given.answer();
        Duration patience = WaitPreference.read(prefer, Duration.ZERO);
        if (patience.isZero()) {
            return Uni.createFrom()
                    .item(headers(Response.status(answer.status()).entity(answer.body()), given, prefer));
        }
        JobId id = JobId.parse(given.lastOfLocation()).orElseThrow();
        return waits.untilOver(submission.tenant(), id, patience).map(found -> {
            InversionView view = InversionView.of(found.orElseThrow(() -> new MissingInversion(id.toString())));
            int status = view.state().isFinal() ? Response.Status.OK.getStatusCode() : answer.status();
            return headers(Response.status(status).entity(view), given, prefer);
        });
    }

    private static Response headers(
            Response.ResponseBuilder response, IdempotencyHeader.Given given, Optional<String> prefer) {
        response.type(MediaType.APPLICATION_JSON_TYPE)
                .location(URI.create(given.answer().location()));
        WaitPreference.applied(prefer).ifPresent(applied -> response.header("Preference-Applied", applied));
        return given.mark(response).build();
    }

    /** That the job is accepted. */
    public StoredAnswer answer(Job job) {
        try {
            return new StoredAnswer(
                    ACCEPTED, InversionView.self(job), json.writeValueAsString(InversionView.summary(job)));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a view of ours does not turn into JSON", e);
        }
    }
}
