package org.saminversion.webhook;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.saminversion.model.TraceContext;
import org.saminversion.model.callback.Attempt;
import org.saminversion.model.callback.Dispatch;
import org.saminversion.model.callback.Outcome;
import org.saminversion.outbound.OutboundAnswer;
import org.saminversion.outbound.OutboundFailure;
import org.saminversion.outbound.OutboundHttp;

/** Makes one try to send a message, and says what its answer means. */
final class MessageSender {
    static final int EXCERPT_BYTES_MAX = 1024;

    private static final String JSON = "application/json";
    private static final int GONE = 410;

    private final OutboundHttp http;
    private final RetrySchedule schedule;
    private final InstantSource clock;

    MessageSender(OutboundHttp http, RetrySchedule schedule, InstantSource clock) {
        this.http = http;
        this.schedule = schedule;
        this.clock = clock;
    }

    /** What came of a try. */
    record Result(Attempt attempt, Outcome outcome) {}

    /** Blocks until the answer is there or the time is up; never fails. */
    Result send(Dispatch message) {
        Instant started = clock.instant().truncatedTo(ChronoUnit.MICROS);
        try {
            OutboundAnswer answer = http.post(
                    URI.create(message.url()),
                    headers(message, started),
                    JSON,
                    message.body().getBytes(StandardCharsets.UTF_8),
                    EXCERPT_BYTES_MAX);
            return new Result(
                    attempt(started, Optional.of(answer.status()), Optional.empty(), excerpt(answer)),
                    outcome(message, answer));
        } catch (OutboundFailure failure) {
            return new Result(
                    attempt(started, Optional.empty(), Optional.of(failure.getMessage()), ""),
                    failed(message, Optional.empty()));
        }
    }

    /** The id is the same in every try; the timestamp is that of this one, so that receivers can refuse old messages. */
    private static Map<String, String> headers(Dispatch message, Instant at) {
        String id = message.id().messageId();
        long seconds = at.getEpochSecond();
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("webhook-id", id);
        headers.put("webhook-timestamp", Long.toString(seconds));
        headers.put("webhook-signature", Secrets.sign(message.secrets(), id, seconds, message.body()));
        message.trace().ifPresent(trace -> headers.put(TraceContext.HEADER, trace.toString()));
        return headers;
    }

    private Outcome outcome(Dispatch message, OutboundAnswer answer) {
        if (answer.status() >= 200 && answer.status() < 300) {
            return new Outcome.Accepted();
        }
        return answer.status() == GONE
                ? new Outcome.Gone()
                : failed(message, answer.retryAfter().flatMap(text -> RetryAfter.parse(text, clock.instant())));
    }

    private Outcome failed(Dispatch message, Optional<Duration> wanted) {
        return schedule.next(message.tries() + 1, message.retriesFrom(), clock.instant(), wanted)
                .<Outcome>map(Outcome.Failed::new)
                .orElseGet(Outcome.Exhausted::new);
    }

    private Attempt attempt(Instant started, Optional<Integer> status, Optional<String> trouble, String excerpt) {
        return new Attempt(started, Duration.between(started, clock.instant()), status, trouble, excerpt);
    }

    /** As far as it is text: PostgreSQL takes no zero characters, and operators' terminals no control characters. */
    private static String excerpt(OutboundAnswer answer) {
        return new String(answer.excerpt(), StandardCharsets.UTF_8).replaceAll("[\\p{Cntrl}&&[^\\n\\t]]", "\uFFFD");
    }
}
