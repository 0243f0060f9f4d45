package org.saminversion.gateway.edits;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.saminversion.gateway.http.JsonFields;
import org.saminversion.gateway.submissions.EditCheck;
import org.saminversion.inversion.bundle.BundleDescription;
import org.saminversion.inversion.failure.JobFailure;
import org.saminversion.inversion.space.LayerRange;
import org.saminversion.model.EditPart;

/** Reads a request for a further edit and checks it against the bundle. */
@ApplicationScoped
class EditRequestReader {
    private static final String MALFORMED = "request-malformed";
    private static final String FORM =
            "{\"edits\": [{\"direction\": \"smile\", \"strength\": 1.5, \"layers\": [0, 6]}]}; layers may be left out";

    private final ObjectMapper json;

    EditRequestReader(ObjectMapper json) {
        this.json = json;
    }

    /** @param preview whether the picture is only looked at while a slider moves */
    record EditWish(List<EditPart> parts, boolean preview) {}

    /** @throws JobFailure.Rejected with the first thing that is wrong */
    EditWish read(String body, BundleDescription bundle) throws JsonProcessingException {
        JsonNode tree = json.readTree(body == null ? "" : body);
        if (!tree.isObject()
                || !tree.path("edits").isArray()
                || tree.path("edits").isEmpty()) {
            throw new JobFailure.Rejected(MALFORMED, "The body must be JSON such as " + FORM + ".");
        }
        JsonFields.requireKnown(tree, Set.of("edits", "preview"));
        EditCheck.requireCount(tree.path("edits").size());
        List<EditPart> parts = new ArrayList<>();
        for (JsonNode item : tree.path("edits")) {
            parts.add(part(item, bundle));
        }
        return new EditWish(parts, preview(tree.path("preview")));
    }

    private static boolean preview(JsonNode given) {
        if (!given.isMissingNode() && !given.isNull() && !given.isBoolean()) {
            throw new JobFailure.Rejected(MALFORMED, "preview must be true or false, not " + given + ".");
        }
        return given.asBoolean();
    }

    private static EditPart part(JsonNode item, BundleDescription bundle) {
        if (!item.isObject()) {
            throw new JobFailure.Rejected(MALFORMED, "Each edit must be an object, as in " + FORM + ".");
        }
        JsonFields.requireKnown(item, Set.of("direction", "strength", "layers"));
        String direction = JsonFields.string(item, "direction")
                .orElseThrow(() -> new JobFailure.Rejected(MALFORMED, "An edit lacks its direction."));
        double strength = JsonFields.number("strength", JsonFields.scalar(item, "strength"), Double::valueOf)
                .orElseThrow(() -> new JobFailure.Rejected(MALFORMED, "An edit lacks its strength."));
        EditCheck.require(direction, strength, bundle);
        LayerRange layers = layers(item.path("layers"), bundle.generator().styles());
        return new EditPart(direction, strength, layers.start(), layers.end());
    }

    private static LayerRange layers(JsonNode given, int styles) {
        if (given.isMissingNode() || given.isNull()) {
            return LayerRange.all(styles);
        }
        boolean pair = given.isArray()
                && given.size() == 2
                && given.path(0).canConvertToInt()
                && given.path(1).canConvertToInt()
                && given.path(0).isInt()
                && given.path(1).isInt();
        if (!pair
                || given.path(0).intValue() < 0
                || given.path(1).intValue() <= given.path(0).intValue()
                || given.path(1).intValue() > styles) {
            throw new JobFailure.Rejected(
                    "parameter-out-of-range",
                    "layers must be the first layer and one past the last, from [0, 1] to [0, " + styles + "], not "
                            + given + ".");
        }
        return new LayerRange(given.path(0).intValue(), given.path(1).intValue());
    }
}
