package org.saminversion.gateway.batches;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.saminversion.gateway.callbacks.CallbackReader;
import org.saminversion.gateway.callbacks.CallbackRequest;
import org.saminversion.gateway.http.JsonFields;
import org.saminversion.inversion.failure.JobFailure;
import org.saminversion.model.batch.BatchFormat;
import org.saminversion.model.batch.OnError;

/**
 * What a caller wants of a batch.
 *
 * @param timeToDeadline if the caller named it
 * @param defaults settings of items that name none, as a single submission has them
 * @param callback who is told of the end, which is all that is told of a batch
 */
record BatchRequest(
        Optional<String> name,
        BatchFormat format,
        OnError onError,
        Optional<Duration> timeToDeadline,
        ObjectNode defaults,
        Optional<CallbackRequest> callback) {
    static final Duration DEADLINE_MAX = Duration.ofDays(30);

    private static final Duration DEADLINE_MIN = Duration.ofSeconds(1);
    private static final int NAME_LENGTH_MAX = 200;
    private static final Set<String> FIELDS =
            new TreeSet<>(Set.of("name", "format", "onError", "deadline", "defaults", "callback"));

    /** @throws JobFailure.Rejected with the first thing that is wrong */
    static BatchRequest read(String body, ObjectMapper json) throws JsonProcessingException {
        JsonNode tree = json.readTree(body);
        if (!tree.isObject()) {
            throw JsonFields.malformed("The body must be a JSON object with " + FIELDS + ".");
        }
        JsonFields.requireKnown(tree, FIELDS);
        return new BatchRequest(
                JsonFields.asWritten(tree, "name").map(BatchRequest::name),
                JsonFields.asWritten(tree, "format")
                        .map(word -> JsonFields.word("format", BatchFormat.values(), word))
                        .orElseThrow(() -> JsonFields.malformed("Name the format: csv, jsonl, zip or urls.")),
                onError(JsonFields.asWritten(tree, "onError")),
                JsonFields.asWritten(tree, "deadline").map(BatchRequest::deadline),
                defaults(tree.path("defaults")),
                Optional.ofNullable(tree.get("callback"))
                        .filter(value -> !value.isNull())
                        .map(value -> ofTheEnd(CallbackReader.read(value))));
    }

    /** The same from the parameters of an address; {@code defaults} is JSON. */
    static BatchRequest of(BatchFormat format, BatchParameters parameters, ObjectMapper json)
            throws JsonProcessingException {
        return new BatchRequest(
                Optional.ofNullable(parameters.name).map(BatchRequest::name),
                format,
                onError(Optional.ofNullable(parameters.onError)),
                Optional.ofNullable(parameters.deadline).map(BatchRequest::deadline),
                defaults(json.readTree(parameters.defaults == null ? "{}" : parameters.defaults)),
                parameters.callback == null
                        ? Optional.empty()
                        : Optional.of(ofTheEnd(CallbackReader.read(json, parameters.callback))));
    }

    private static CallbackRequest ofTheEnd(CallbackRequest callback) {
        if (callback.events().isPresent()) {
            throw JsonFields.malformed("The callback of a batch has no events: it tells of the end.");
        }
        return callback;
    }

    private static OnError onError(Optional<String> word) {
        return word.map(each -> JsonFields.word("onError", OnError.values(), each))
                .orElse(OnError.CONTINUE);
    }

    private static ObjectNode defaults(JsonNode tree) {
        if (tree.isMissingNode() || tree.isNull()) {
            return JsonNodeFactory.instance.objectNode();
        }
        if (tree instanceof ObjectNode defaults) {
            return defaults;
        }
        throw JsonFields.malformed("defaults must be a JSON object such as {\"steps\": 50}.");
    }

    private static String name(String name) {
        if (name.length() > NAME_LENGTH_MAX || name.chars().anyMatch(Character::isISOControl)) {
            throw JsonFields.malformed("A name has at most " + NAME_LENGTH_MAX + " characters, all of them printable.");
        }
        return name;
    }

    private static Duration deadline(String text) {
        try {
            Duration deadline = Duration.parse(text);
            if (deadline.compareTo(DEADLINE_MIN) >= 0 && deadline.compareTo(DEADLINE_MAX) <= 0) {
                return deadline;
            }
        } catch (DateTimeParseException e) {
            throw JsonFields.malformed(
                    "deadline must be an ISO 8601 duration such as PT12H or P2D, not \"" + text + "\".");
        }
        throw new JobFailure.Rejected(
                "parameter-out-of-range",
                "deadline must be from " + DEADLINE_MIN + " to " + DEADLINE_MAX + ", not " + text + ".");
    }
}
