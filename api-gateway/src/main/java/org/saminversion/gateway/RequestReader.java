package org.saminversion.gateway;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.saminversion.inversion.failure.JobFailure;
import org.saminversion.model.EditOrder;

/**
 * Reads the two forms of a submission. It takes nothing for granted: a number that is cut or a name that is misspelt is
 * refused, because the caller would get another result than the one asked for.
 */
@ApplicationScoped
class RequestReader {
    private static final Set<String> ROW_FIELDS =
            new TreeSet<>(Set.of("bundle", "method", "tau", "steps", "seed", "optimizer", "settings", "edits"));
    private static final Set<String> FIELDS = new TreeSet<>(ROW_FIELDS);

    static {
        FIELDS.addAll(Set.of("image", "customId", "callback"));
    }

    private static final int CUSTOM_ID_LENGTH_MAX = 200;
    private static final String MALFORMED = "request-malformed";

    private final ObjectMapper json;
    private final ImageFetcher images;

    RequestReader(ObjectMapper json, ImageFetcher images) {
        this.json = json;
        this.images = images;
    }

    /** The texts of a multipart form, as they came. */
    record Form(
            byte[] image,
            String bundle,
            String method,
            String tau,
            String steps,
            String seed,
            String optimizer,
            String settings,
            String edits,
            String customId,
            String callback) {}

    InversionRequest read(Form form) throws JsonProcessingException {
        return new InversionRequest(
                form.image(),
                text(form.bundle()),
                text(form.method()),
                number("tau", text(form.tau()), Double::valueOf),
                number("steps", text(form.steps()), Integer::valueOf),
                number("seed", text(form.seed()), Long::valueOf),
                text(form.optimizer()).map(SettingsReader::optimizer),
                text(form.settings()).isPresent() ? SettingsReader.read(json.readTree(form.settings())) : Map.of(),
                text(form.edits()).isPresent() ? edits(json.readTree(form.edits())) : List.of(),
                text(form.customId()).map(RequestReader::customId),
                text(form.callback()).isPresent()
                        ? Optional.of(CallbackReader.read(json, form.callback().strip()))
                        : Optional.empty());
    }

    /** All but the image, as a JSON object. */
    InversionRequest readSettings(JsonNode tree) {
        requireKnown(tree, ROW_FIELDS);
        return request(tree);
    }

    InversionRequest read(String body) throws JsonProcessingException {
        JsonNode tree = json.readTree(body);
        if (!tree.isObject()) {
            throw new JobFailure.Rejected(MALFORMED, "The body must be a JSON object with " + FIELDS + ".");
        }
        requireKnown(tree, FIELDS);
        InversionRequest request = request(tree);
        // Last, because it may have to be fetched.
        return string(tree, "image")
                .map(image -> request.withImage(image(image)))
                .orElse(request);
    }

    private static InversionRequest request(JsonNode tree) {
        return new InversionRequest(
                new byte[0],
                string(tree, "bundle"),
                string(tree, "method"),
                number("tau", scalar(tree, "tau"), Double::valueOf),
                number("steps", scalar(tree, "steps"), Integer::valueOf),
                number("seed", scalar(tree, "seed"), Long::valueOf),
                string(tree, "optimizer").map(SettingsReader::optimizer),
                tree.hasNonNull("settings") ? SettingsReader.read(tree.get("settings")) : Map.of(),
                tree.hasNonNull("edits") ? edits(tree.get("edits")) : List.of(),
                string(tree, "customId").map(RequestReader::customId),
                tree.hasNonNull("callback")
                        ? Optional.of(CallbackReader.read(tree.get("callback")))
                        : Optional.empty());
    }

    private byte[] image(String url) {
        if (url.startsWith("data:")) {
            return DataUrl.decode(url);
        }
        try {
            return images.fetch(url);
        } catch (JobFailure.Transient e) {
            // It is the caller's server that does not answer, not this service.
            throw new JobFailure.Rejected("image-url-failed", e.getMessage() + " Try again later.", e);
        }
    }

    private static String customId(String text) {
        if (text.length() > CUSTOM_ID_LENGTH_MAX || text.chars().anyMatch(Character::isISOControl)) {
            throw new JobFailure.Rejected(
                    "parameter-out-of-range",
                    "customId must have 1 to " + CUSTOM_ID_LENGTH_MAX + " characters and no control characters.");
        }
        return text;
    }

    private static List<EditOrder> edits(JsonNode tree) {
        if (!tree.isArray()) {
            throw new JobFailure.Rejected(
                    MALFORMED, "edits must be a JSON array such as [{\"direction\": \"smile\", \"strength\": 1.5}].");
        }
        List<EditOrder> edits = new ArrayList<>();
        for (JsonNode item : tree) {
            if (!item.isObject()) {
                throw new JobFailure.Rejected(MALFORMED, "Each edit must be an object with direction and strength.");
            }
            requireKnown(item, Set.of("direction", "strength"));
            edits.add(new EditOrder(
                    string(item, "direction")
                            .orElseThrow(() -> new JobFailure.Rejected(MALFORMED, "An edit lacks its direction.")),
                    number("strength", scalar(item, "strength"), Double::valueOf)
                            .orElseThrow(() -> new JobFailure.Rejected(MALFORMED, "An edit lacks its strength."))));
        }
        return edits;
    }

    static void requireKnown(JsonNode tree, Set<String> known) {
        for (Iterator<String> names = tree.fieldNames(); names.hasNext(); ) {
            String name = names.next();
            if (!known.contains(name)) {
                throw new JobFailure.Rejected(
                        MALFORMED, "There is no field \"" + name + "\"; known are " + new TreeSet<>(known) + ".");
            }
        }
    }

    static Optional<String> string(JsonNode tree, String name) {
        JsonNode value = tree.path(name);
        if (value.isMissingNode() || value.isNull()) {
            return Optional.empty();
        }
        if (!value.isTextual()) {
            throw new JobFailure.Rejected(MALFORMED, name + " must be a text.");
        }
        return text(value.textValue());
    }

    static Optional<String> scalar(JsonNode tree, String name) {
        JsonNode value = tree.path(name);
        if (value.isMissingNode() || value.isNull()) {
            return Optional.empty();
        }
        if (!value.isNumber()) {
            throw new JobFailure.Rejected("parameter-out-of-range", name + " must be a number, not " + value + ".");
        }
        return Optional.of(value.asText());
    }

    private static Optional<String> text(String value) {
        return Optional.ofNullable(value).map(String::strip).filter(stripped -> !stripped.isEmpty());
    }

    static <T> Optional<T> number(String name, Optional<String> text, Function<String, T> parse) {
        try {
            return text.map(parse);
        } catch (NumberFormatException e) {
            throw new JobFailure.Rejected(
                    "parameter-out-of-range",
                    name + " cannot be " + text.orElse("") + "; see the range in its problem page.",
                    e);
        }
    }
}
