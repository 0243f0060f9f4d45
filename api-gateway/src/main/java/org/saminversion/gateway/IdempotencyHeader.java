package org.saminversion.gateway;

import jakarta.ws.rs.core.HttpHeaders;
import java.util.Map;
import java.util.Optional;
import org.saminversion.inversion.failure.JobFailure;
import org.saminversion.model.store.IdempotencyKey;
import org.saminversion.model.store.Once;

/** The header by which a caller asks for a request to be done once, however often it is sent. */
final class IdempotencyHeader {
    /** Of an answer that was given before. */
    static final String REPLAYED = "Idempotent-Replayed";

    private static final String KEY = "Idempotency-Key";

    private IdempotencyHeader() {}

    /** @throws JobFailure.Rejected if it is too long, or not printable */
    static Optional<String> read(HttpHeaders headers) {
        return Optional.ofNullable(headers.getHeaderString(KEY)).map(IdempotencyHeader::checked);
    }

    /** What the caller is told whose request was neither done now nor before. */
    static ProblemFailure refusal(Once outcome) {
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
