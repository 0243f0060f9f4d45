package org.saminversion.gateway.http;

import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.saminversion.gateway.problems.ProblemFailure;
import org.saminversion.gateway.problems.ProblemKind;
import org.saminversion.inversion.failure.JobFailure;
import org.saminversion.model.Sha256;
import org.saminversion.model.Tenant;
import org.saminversion.model.store.IdempotencyKey;
import org.saminversion.model.store.Once;
import org.saminversion.model.store.StoredAnswer;

/** The header by which a caller asks for a request to be done once, however often it is sent. */
public final class IdempotencyHeader {
    /** Of an answer that was given before. */
    public static final String REPLAYED = "Idempotent-Replayed";

    private static final String KEY = "Idempotency-Key";

    private IdempotencyHeader() {}

    /** @throws JobFailure.Rejected if it is too long, or not printable */
    public static Optional<String> read(HttpHeaders headers) {
        return Optional.ofNullable(headers.getHeaderString(KEY)).map(IdempotencyHeader::checked);
    }

    /**
     * The key of a request, if it carries one.
     *
     * @param route method and path, within which the caller's keys are distinct
     * @param asked what the caller asked for, in words that are equal for equal requests
     * @throws JobFailure.Rejected as above
     */
    public static Optional<IdempotencyKey> read(HttpHeaders headers, Tenant tenant, String route, String asked) {
        return read(headers)
                .map(key -> new IdempotencyKey(tenant, route, key, Sha256.of(asked.getBytes(StandardCharsets.UTF_8))));
    }

    /**
     * The answer that was stored, now or before.
     *
     * @param replayed whether before
     */
    public record Given(StoredAnswer answer, boolean replayed) {
        /** Says so, if it was stored before. */
        public Response.ResponseBuilder mark(Response.ResponseBuilder response) {
            return replayed ? response.header(REPLAYED, "true") : response;
        }

        /** What follows the last slash of the address of what was made. */
        public String lastOfLocation() {
            return answer.location().substring(answer.location().lastIndexOf('/') + 1);
        }
    }

    /** @throws ProblemFailure if there is no answer to give */
    public static Given given(Once outcome) {
        if (outcome instanceof Once.Done done) {
            return new Given(done.answer(), false);
        }
        if (outcome instanceof Once.Replayed known) {
            return new Given(known.answer(), true);
        }
        throw refusal(outcome);
    }

    /** What the caller is told whose request was neither done now nor before. */
    private static ProblemFailure refusal(Once outcome) {
        return outcome instanceof Once.InFlight
                ? new ProblemFailure(
                        ProblemKind.IDEMPOTENCY_IN_FLIGHT,
                        "Another request with this " + KEY + " is being answered; send this one again in a second.",
                        Map.of("Retry-After", "1"))
                : new ProblemFailure(
                        ProblemKind.IDEMPOTENCY_MISMATCH,
                        "This " + KEY + " was used for another request; use a new one for each submission.");
    }

    private static String checked(String key) {
        if (!key.matches("[\\x21-\\x7e]{1," + IdempotencyKey.LENGTH_MAX + "}")) {
            throw new JobFailure.Rejected(
                    "request-malformed",
                    KEY + " must have 1 to " + IdempotencyKey.LENGTH_MAX + " printable ASCII characters.");
        }
        return key;
    }
}
