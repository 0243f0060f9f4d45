package org.saminversion.gateway.callbacks;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Set;
import java.util.TreeSet;
import org.saminversion.gateway.http.JsonFields;
import org.saminversion.model.callback.CallbackEvent;
import org.saminversion.model.callback.Endpoint;
import org.saminversion.model.callback.EndpointDraft;

/** Reads what a caller decides of an endpoint. */
@ApplicationScoped
class EndpointReader {
    private static final Set<String> FIELDS = new TreeSet<>(Set.of("url", "description", "events"));
    private static final int DESCRIPTION_LENGTH_MAX = 500;

    private final ObjectMapper json;
    private final Callbacks callbacks;

    EndpointReader(ObjectMapper json, Callbacks callbacks) {
        this.json = json;
        this.callbacks = callbacks;
    }

    /** A new endpoint. Blocks while it looks up the URL's host. */
    EndpointDraft read(String body) throws JsonProcessingException {
        JsonNode tree = tree(body);
        String url = JsonFields.asWritten(tree, "url")
                .orElseThrow(() -> JsonFields.malformed("The endpoint lacks its url."));
        return draft(tree, new EndpointDraft(url, "", CallbackEvent.DEFAULT));
    }

    /** What the body leaves out stays as it is. */
    EndpointDraft read(String body, Endpoint present) throws JsonProcessingException {
        return draft(tree(body), new EndpointDraft(present.url(), present.description(), present.events()));
    }

    private EndpointDraft draft(JsonNode tree, EndpointDraft present) {
        String description = JsonFields.asWritten(tree, "description").orElse(present.description());
        if (description.length() > DESCRIPTION_LENGTH_MAX || description.indexOf('\0') >= 0) {
            throw JsonFields.malformed(
                    "description must have at most " + DESCRIPTION_LENGTH_MAX + " characters, none of them zero.");
        }
        return new EndpointDraft(
                callbacks.checked(JsonFields.asWritten(tree, "url").orElse(present.url())),
                description,
                tree.hasNonNull("events") ? CallbackReader.events(tree.get("events")) : present.events());
    }

    private JsonNode tree(String body) throws JsonProcessingException {
        JsonNode tree = json.readTree(body);
        if (!tree.isObject()) {
            throw JsonFields.malformed("The body must be a JSON object with " + FIELDS + ".");
        }
        JsonFields.requireKnown(tree, FIELDS);
        return tree;
    }
}
