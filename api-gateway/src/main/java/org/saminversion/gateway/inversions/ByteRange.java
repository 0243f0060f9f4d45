package org.saminversion.gateway.inversions;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.saminversion.gateway.problems.ProblemFailure;
import org.saminversion.gateway.problems.ProblemKind;

/**
 * A part of an artefact that a caller asks for (RFC 9110, section 14).
 *
 * @param first offset of the first byte, from 0
 * @param last offset of the last byte
 */
record ByteRange(long first, long last) {
    private static final Pattern SINGLE = Pattern.compile("bytes\\s*=\\s*([0-9]{0,18})-([0-9]{0,18})");

    /**
     * Empty if the header asks for something else than one range of bytes: such headers are ignored, as the RFC allows.
     *
     * @param size of the whole, in bytes
     * @throws ProblemFailure if the whole has no such bytes
     */
    static Optional<ByteRange> parse(String header, long size) {
        Matcher matcher = SINGLE.matcher(header.strip());
        if (!matcher.matches() || matcher.group(1).isEmpty() && matcher.group(2).isEmpty()) {
            return Optional.empty();
        }
        if (matcher.group(1).isEmpty()) {
            long length = Long.parseLong(matcher.group(2));
            return satisfiable(new ByteRange(Math.max(0, size - length), length == 0 ? -1 : size - 1), size);
        }
        long first = Long.parseLong(matcher.group(1));
        long last = matcher.group(2).isEmpty() ? size - 1 : Long.parseLong(matcher.group(2));
        return last < first && first < size
                ? Optional.empty()
                : satisfiable(new ByteRange(first, Math.min(last, size - 1)), size);
    }

    private static Optional<ByteRange> satisfiable(ByteRange range, long size) {
        if (range.first >= size || range.last < range.first) {
            throw new ProblemFailure(
                    ProblemKind.RANGE_NOT_SATISFIABLE,
                    "The artefact has " + size + " bytes; ask for some of those.",
                    Map.of("Content-Range", "bytes */" + size));
        }
        return Optional.of(range);
    }

    long length() {
        return last - first + 1;
    }

    /** As the header Content-Range has it. */
    String of(long size) {
        return "bytes " + first + "-" + last + "/" + size;
    }
}
