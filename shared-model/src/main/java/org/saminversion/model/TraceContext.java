package org.saminversion.model;

import java.util.HexFormat;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which trace of a caller's own monitoring a piece of work belongs to: a {@code traceparent} of W3C Trace Context, level 1. The
 * service records no spans, so it hands on what came, and a receiver's span becomes a child of the caller's.
 *
 * @param traceId 32 lower-case hexadecimal digits, not all zero
 * @param parentId 16 such digits, not all zero: the span that asked for the work
 * @param flags two such digits
 */
public record TraceContext(String traceId, String parentId, String flags) {
    /** The header of HTTP and Kafka. */
    public static final String HEADER = "traceparent";

    private static final Pattern TEXT = Pattern.compile(
            "(?<version>[0-9a-f]{2})-(?<trace>(?!0{32})[0-9a-f]{32})-(?<parent>(?!0{16})[0-9a-f]{16})-(?<flags>[0-9a-f]{2})(?<rest>-.*)?");
    private static final String VERSION = "00";
    private static final String VERSION_THAT_NEVER_IS = "ff";
    private static final String SAMPLED = "01";

    /** Reads a header, also one of a later version as far as it is like this one. @return empty if it is malformed */
    public static Optional<TraceContext> parse(String header) {
        Matcher parts = TEXT.matcher(header);
        if (!parts.matches()
                || parts.group("version").equals(VERSION_THAT_NEVER_IS)
                || parts.group("version").equals(VERSION) && parts.group("rest") != null) {
            return Optional.empty();
        }
        return Optional.of(new TraceContext(parts.group("trace"), parts.group("parent"), parts.group("flags")));
    }

    /** A trace that begins here. */
    public static TraceContext begin(RandomGenerator random) {
        return new TraceContext(digits(random, 16), digits(random, 8), SAMPLED);
    }

    /** Never all zero, which is no identifier. */
    private static String digits(RandomGenerator random, int bytes) {
        byte[] drawn = new byte[bytes];
        random.nextBytes(drawn);
        drawn[0] |= 1;
        return HexFormat.of().formatHex(drawn);
    }

    /** The header's text. */
    @Override
    public String toString() {
        return VERSION + "-" + traceId + "-" + parentId + "-" + flags;
    }
}
