package org.saminversion.gateway;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.saminversion.inversion.failure.JobFailure;
import org.saminversion.model.Job;
import org.saminversion.model.JobId;
import org.saminversion.model.Submission;
import org.saminversion.model.store.IdempotencyKey;
import org.saminversion.model.store.JobStore;
import org.saminversion.model.store.Once;
import org.saminversion.model.store.StoredAnswer;

/** Stores checked submissions and answers them, with all that callers can ask for in headers. */
@ApplicationScoped
class Submissions {
    private static final String KEY_HEADER = "Idempotency-Key";
    private static final int ACCEPTED = Response.Status.ACCEPTED.getStatusCode();

    private final JobStore jobs;
    private final JobWait waits;
    private final Traces traces;
    private final ObjectMapper json;

    Submissions(JobStore jobs, JobWait waits, Traces traces, ObjectMapper json) {
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
        Optional<String> key =
                Optional.ofNullable(headers.getHeaderString(KEY_HEADER)).map(Submissions::checked);
        if (key.isEmpty()) {
            return InversionsResource.inTime(jobs.submit(submission))
                    .chain(job -> answer(submission, answer(job), prefer, false));
        }
        IdempotencyKey once = new IdempotencyKey(submission.tenant(), route, key.get(), requestSha256);
        return InversionsResource.inTime(jobs.submitOnce(submission, once, this::answer))
                .chain(outcome -> answer(submission, outcome, prefer));
    }

    private Uni<Response> answer(Submission submission, Once outcome, Optional<String> prefer) {
        if (outcome instanceof Once.Done done) {
            return answer(submission, done.answer(), prefer, false);
        }
        if (outcome instanceof Once.Replayed replayed) {
            return answer(submission, replayed.answer(), prefer, true);
        }
        throw outcome instanceof Once.InFlight
                ? new ProblemFailure(
                        ProblemKind.IDEMPOTENCY_IN_FLIGHT,
                        "Another request with this " + KEY_HEADER
                                + " is being answered; send this one again in a second.",
                        Map.of("Retry-After", "1"))
                : new ProblemFailure(
                        ProblemKind.IDEMPOTENCY_MISMATCH,
                        "This " + KEY_HEADER + " was used for another request; use a new one for each submission.");
    }

    private Uni<Response> answer(
            Submission submission, StoredAnswer answer, Optional<String> prefer, boolean replayed) {
        Duration patience = WaitPreference.read(prefer, Duration.ZERO);
        if (patience.isZero()) {
            return Uni.createFrom()
                    .item(headers(Response.status(answer.status()).entity(answer.body()), answer, prefer, replayed));
        }
        JobId id = JobId.parse(answer.location().substring(answer.location().lastIndexOf('/') + 1))
                .orElseThrow();
        return waits.untilOver(submission.tenant(), id, patience).map(found -> {
            InversionView view = InversionView.of(found.orElseThrow(() -> new MissingInversion(id.toString())));
            int status = view.state().isFinal() ? Response.Status.OK.getStatusCode() : answer.status();
            return headers(Response.status(status).entity(view), answer, prefer, replayed);
        });
    }

    private static Response headers(
            Response.ResponseBuilder response, StoredAnswer answer, Optional<String> prefer, boolean replayed) {
        response.type(MediaType.APPLICATION_JSON_TYPE).location(URI.create(answer.location()));
        WaitPreference.applied(prefer).ifPresent(applied -> response.header("Preference-Applied", applied));
        if (replayed) {
            response.header("Idempotent-Replayed", "true");
        }
        return response.build();
    }

    private StoredAnswer answer(Job job) {
        try {
            return new StoredAnswer(
                    ACCEPTED, InversionView.self(job), json.writeValueAsString(InversionView.summary(job)));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a view of ours does not turn into JSON", e);
        }
    }

    private static String checked(String key) {
        if (!key.matches("[\\x21-\\x7e]{1," + IdempotencyKey.LENGTH_MAX + "}")) {
            throw new JobFailure.Rejected(
                    "request-malformed",
                    KEY_HEADER + " must have 1 to " + IdempotencyKey.LENGTH_MAX + " printable ASCII characters.");
        }
        return key;
    }
}
