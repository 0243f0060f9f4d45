package org.saminversion.gateway.http;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How long a caller wants to wait for a result within the request, as RFC 7240 writes it. */
public final class WaitPreference {
    static final Duration MOST = Duration.ofSeconds(60);

    private static final Pattern WAIT = Pattern.compile("(?:^|[,;\\s])wait\\s*=\\s*\"?([0-9]{1,6})\"?(?:$|[,;\\s])");
    private static final Pattern ASYNCHRONOUS = Pattern.compile("(?:^|[,;\\s])respond-async(?:$|[,;\\s])");

    private WaitPreference() {}

    /** A preference that is not understood is passed over, as the RFC asks. @param header value of {@code Prefer} */
    public static Duration read(Optional<String> header, Duration otherwise) {
        String text = header.orElse("");
        Matcher wait = WAIT.matcher(text);
        if (wait.find()) {
            Duration wanted = Duration.ofSeconds(Long.parseLong(wait.group(1)));
            return wanted.compareTo(MOST) < 0 ? wanted : MOST;
        }
        return ASYNCHRONOUS.matcher(text).find() ? Duration.ZERO : otherwise;
    }

    /** What the answer says in {@code Preference-Applied}; empty if the caller has no preference that we know. */
    public static Optional<String> applied(Optional<String> header) {
        Duration unknown = Duration.ofSeconds(-1);
        Duration wait = read(header, unknown);
        if (wait.equals(unknown)) {
            return Optional.empty();
        }
        return Optional.of(wait.isZero() ? "respond-async" : "wait=" + wait.toSeconds());
    }
}
