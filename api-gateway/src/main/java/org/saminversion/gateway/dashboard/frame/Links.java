package org.saminversion.gateway.dashboard.frame;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Queries of addresses, read and written. */
public final class Links {
    private Links() {}

    /** What somebody wrote into a field; empty if that is nothing but spaces, or there was no field. */
    public static Optional<String> text(String value) {
        return Optional.ofNullable(value).map(String::strip).filter(text -> !text.isEmpty());
    }

    /** The one of several words that somebody meant, in whatever case; empty if it is none of them. */
    public static <E extends Enum<E>> Optional<E> oneOf(E[] known, String value) {
        return text(value)
                .flatMap(word -> Arrays.stream(known)
                        .filter(each -> each.name().equalsIgnoreCase(word))
                        .findFirst());
    }

    /** Such as {@code ?state=FAILED&after=x}, without values that are empty; empty if all are. */
    public static String query(Map<String, String> values) {
        String query = values.entrySet().stream()
                .filter(value -> !value.getValue().isEmpty())
                .map(value -> value.getKey() + "=" + URLEncoder.encode(value.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        return query.isEmpty() ? "" : "?" + query;
    }
}
