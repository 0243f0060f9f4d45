package org.saminversion.gateway.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.saminversion.inversion.failure.JobFailure;

/** Reads fields of requests. All of it fails with {@link JobFailure.Rejected}, which says what is wrong with which field. */
public final class JsonFields {
    private JsonFields() {}

    /** @throws JobFailure.Rejected if the object has any other field */
    public static void requireKnown(JsonNode tree, Set<String> known) {
        for (Iterator<String> names = tree.fieldNames(); names.hasNext(); ) {
            String name = names.next();
            if (!known.contains(name)) {
                throw malformed("There is no field \"" + name + "\"; known are " + new TreeSet<>(known) + ".");
            }
        }
    }

    /** A text without the spaces around it; empty if it is missing or blank. */
    public static Optional<String> string(JsonNode tree, String name) {
        return asWritten(tree, name).flatMap(JsonFields::text);
    }

    /** A text with the spaces around it; empty if it is missing. */
    public static Optional<String> asWritten(JsonNode tree, String name) {
        JsonNode value = tree.path(name);
        if (value.isMissingNode() || value.isNull()) {
            return Optional.empty();
        }
        if (!value.isTextual()) {
            throw malformed(name + " must be a text.");
        }
        return Optional.of(value.textValue());
    }

    /** A number as it is written; empty if it is missing. */
    public static Optional<String> scalar(JsonNode tree, String name) {
        JsonNode value = tree.path(name);
        if (value.isMissingNode() || value.isNull()) {
            return Optional.empty();
        }
        if (!value.isNumber()) {
            throw new JobFailure.Rejected("parameter-out-of-range", name + " must be a number, not " + value + ".");
        }
        return Optional.of(value.asText());
    }

    /** The field of a form without the spaces around it; empty if it is missing or blank. */
    public static Optional<String> text(String value) {
        return Optional.ofNullable(value).map(String::strip).filter(stripped -> !stripped.isEmpty());
    }

    /** @param name of the field, for the caller */
    public static <T> Optional<T> number(String name, Optional<String> text, Function<String, T> parse) {
        try {
            return text.map(parse);
        } catch (NumberFormatException e) {
            throw new JobFailure.Rejected(
                    "parameter-out-of-range",
                    name + " cannot be " + text.orElse("") + "; see the range in its problem page.",
                    e);
        }
    }

    /** One of a closed set of words, in upper or lower case. */
    public static <E extends Enum<E>> E word(String field, E[] known, String word) {
        return Arrays.stream(known)
                .filter(each -> each.name().equals(word.toUpperCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> malformed(field + " must be one of "
                        + Arrays.toString(known).toLowerCase(Locale.ROOT) + ", not \"" + word + "\"."));
    }

    /** That the request cannot be read. @param detail what is wrong with it, and how it must be */
    public static JobFailure.Rejected malformed(String detail) {
        return new JobFailure.Rejected("request-malformed", detail);
    }
}
