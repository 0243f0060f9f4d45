package org.saminversion.gateway.submissions;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.saminversion.gateway.callbacks.CallbackReader;
import org.saminversion.gateway.http.JsonFields;
import org.saminversion.inversion.failure.JobFailure;
import org.saminversion.model.EditOrder;

/**
 * Reads the two forms of a submission. It takes nothing for granted: a number that is cut or a name that is misspelt is
 * refused, because the caller would get another result than the one asked for.
 */
@ApplicationScoped
public class RequestReader {
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
    public record Form(
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

    /** @throws JobFailure.Rejected with the first thing that is wrong */
    public InversionRequest read(Form form) throws JsonProcessingException {
        return new InversionRequest(
                form.image(),
                JsonFields.text(form.bundle()),
                JsonFields.text(form.method()),
                JsonFields.number("tau", JsonFields.text(form.tau()), Double::valueOf),
                JsonFields.number("steps", JsonFields.text(form.steps()), Integer::valueOf),
                JsonFields.number("seed", JsonFields.text(form.seed()), Long::valueOf),
                JsonFields.text(form.optimizer()).map(SettingsReader::optimizer),
                JsonFields.text(form.settings()).isPresent()
                        ? SettingsReader.read(json.readTree(form.settings()))
                        : Map.of(),
                JsonFields.text(form.edits()).isPresent() ? edits(json.readTree(form.edits())) : List.of(),
                JsonFields.text(form.customId()).map(RequestReader::customId),
                JsonFields.text(form.callback()).isPresent()
                        ? Optional.of(CallbackReader.read(json, form.callback().strip()))
                        : Optional.empty());
    }

    /** All but the image, as a JSON object. */
    public InversionRequest readSettings(JsonNode tree) {
        JsonFields.requireKnown(tree, ROW_FIELDS);
        return request(tree);
    }

    /** Blocks while it fetches an image that is named by its URL. @throws JobFailure.Rejected with the first thing that is wrong */
    public InversionRequest read(String body) throws JsonProcessingException {
        JsonNode tree = json.readTree(body);
        if (!tree.isObject()) {
            throw new JobFailure.Rejected(MALFORMED, "The body must be a JSON object with " + FIELDS + ".");
        }
        JsonFields.requireKnown(tree, FIELDS);
        InversionRequest request = request(tree);
        // Last, because it may have to be fetched.
        return JsonFields.string(tree, "image")
                .map(image -> request.withImage(image(image)))
                .orElse(request);
    }

    private static InversionRequest request(JsonNode tree) {
        return new InversionRequest(
                new byte[0],
                JsonFields.string(tree, "bundle"),
                JsonFields.string(tree, "method"),
                JsonFields.number("tau", JsonFields.scalar(tree, "tau"), Double::valueOf),
                JsonFields.number("steps", JsonFields.scalar(tree, "steps"), Integer::valueOf),
                JsonFields.number("seed", JsonFields.scalar(tree, "seed"), Long::valueOf),
                JsonFields.string(tree, "optimizer").map(SettingsReader::optimizer),
                tree.hasNonNull("settings") ? SettingsReader.read(tree.get("settings")) : Map.of(),
                tree.hasNonNull("edits") ? edits(tree.get("edits")) : List.of(),
                JsonFields.string(tree, "customId").map(RequestReader::customId),
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
            JsonFields.requireKnown(item, Set.of("direction", "strength"));
            edits.add(new EditOrder(
                    JsonFields.string(item, "direction")
                            .orElseThrow(() -> new JobFailure.Rejected(MALFORMED, "An edit lacks its direction.")),
                    JsonFields.number("strength", JsonFields.scalar(item, "strength"), Double::valueOf)
                            .orElseThrow(() -> new JobFailure.Rejected(MALFORMED, "An edit lacks its strength."))));
        }
        return edits;
    }
}
