package org.saminversion.gateway.callbacks;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.saminversion.gateway.http.JsonFields;
import org.saminversion.model.callback.CallbackEvent;

/** Reads the field {@code callback}: a URL, or an object with {@code url} or {@code endpoint}, and {@code events}. */
public final class CallbackReader {
    private static final Set<String> FIELDS = new TreeSet<>(Set.of("url", "endpoint", "events"));

    private CallbackReader() {}

    /** @param text a URL, or the object as JSON, as forms have it */
    public static CallbackRequest read(ObjectMapper json, String text) throws JsonProcessingException {
        return read(text.startsWith("{") ? json.readTree(text) : TextNode.valueOf(text));
    }

    /** @throws org.saminversion.inversion.failure.JobFailure.Rejected of kind request-malformed */
    public static CallbackRequest read(JsonNode tree) {
        if (tree.isTextual()) {
            return new CallbackRequest(Optional.of(tree.textValue()), Optional.empty(), Optional.empty());
        }
        if (!tree.isObject()) {
            throw JsonFields.malformed("callback must be a URL, or an object with " + FIELDS + ".");
        }
        JsonFields.requireKnown(tree, FIELDS);
        CallbackRequest request = new CallbackRequest(
                JsonFields.asWritten(tree, "url"),
                JsonFields.asWritten(tree, "endpoint"),
                tree.hasNonNull("events") ? Optional.of(events(tree.get("events"))) : Optional.empty());
        if (request.url().isPresent() == request.endpoint().isPresent()) {
            throw JsonFields.malformed("callback must have either url or endpoint.");
        }
        return request;
    }

    static Set<CallbackEvent> events(JsonNode tree) {
        Set<CallbackEvent> events = EnumSet.noneOf(CallbackEvent.class);
        if (tree.isArray()) {
            tree.forEach(word -> events.add(CallbackEvent.ofWord(word.asText())
                    .orElseThrow(
                            () -> JsonFields.malformed("There is no event " + word + "; there are " + words() + "."))));
        }
        if (events.isEmpty()) {
            throw JsonFields.malformed("events must be a list with at least one of " + words() + ".");
        }
        return events;
    }

    private static String words() {
        return CallbackEvent.words(Set.copyOf(Arrays.asList(CallbackEvent.values())))
                .toString();
    }
}
