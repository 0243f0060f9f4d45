package org.saminversion.gateway.callbacks;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.saminversion.gateway.problems.ProblemFailure;
import org.saminversion.gateway.problems.ProblemKind;
import org.saminversion.model.callback.CallbackEvent;

/** Reads the field {@code callback}: a URL, or an object with {@code url} or {@code endpoint}, and {@code events}. */
public final class CallbackReader {
    private static final Set<String> FIELDS = new TreeSet<>(Set.of("url", "endpoint", "events"));

    private CallbackReader() {}

    /** @param text a URL, or the object as JSON, as forms have it */
    public static CallbackRequest read(ObjectMapper json, String text) throws JsonProcessingException {
        return read(text.startsWith("{") ? json.readTree(text) : TextNode.valueOf(text));
    }

    /** @throws ProblemFailure of kind request-malformed */
    public static CallbackRequest read(JsonNode tree) {
        if (tree.isTextual()) {
            return new CallbackRequest(Optional.of(tree.textValue()), Optional.empty(), Optional.empty());
        }
        if (!tree.isObject()) {
            throw malformed("callback must be a URL, or an object with " + FIELDS + ".");
        }
        requireKnown(tree, FIELDS);
        CallbackRequest request = new CallbackRequest(
                text(tree, "url"),
                text(tree, "endpoint"),
                tree.hasNonNull("events") ? Optional.of(events(tree.get("events"))) : Optional.empty());
        if (request.url().isPresent() == request.endpoint().isPresent()) {
            throw malformed("callback must have either url or endpoint.");
        }
        return request;
    }

    static Set<CallbackEvent> events(JsonNode tree) {
        Set<CallbackEvent> events = EnumSet.noneOf(CallbackEvent.class);
        if (tree.isArray()) {
            tree.forEach(word -> events.add(CallbackEvent.ofWord(word.asText())
                    .orElseThrow(() -> malformed("There is no event " + word + "; there are " + words() + "."))));
        }
        if (events.isEmpty()) {
            throw malformed("events must be a list with at least one of " + words() + ".");
        }
        return events;
    }

    static void requireKnown(JsonNode tree, Set<String> fields) {
        for (Iterator<String> names = tree.fieldNames(); names.hasNext(); ) {
            String name = names.next();
            if (!fields.contains(name)) {
                throw malformed("There is no field \"" + name + "\"; known are " + fields + ".");
            }
        }
    }

    static Optional<String> text(JsonNode tree, String name) {
        JsonNode value = tree.path(name);
        if (value.isMissingNode() || value.isNull()) {
            return Optional.empty();
        }
        if (!value.isTextual()) {
            throw malformed(name + " must be a text.");
        }
        return Optional.of(value.textValue());
    }

    static ProblemFailure malformed(String detail) {
        return new ProblemFailure(ProblemKind.REQUEST_MALFORMED, detail);
    }

    private static String words() {
        return CallbackEvent.words(Set.copyOf(Arrays.asList(CallbackEvent.values())))
                .toString();
    }
}
