package org.saminversion.inversion.bundle;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A mapping of {@code bundle.yaml} that is read field by field, with complaints that name the field by its whole path. */
final class YamlFields {
    private final JsonNode node;
    private final String path;
    private final Set<String> asked = new LinkedHashSet<>();

    YamlFields(JsonNode node, String path) {
        if (!node.isObject()) {
            throw new IllegalArgumentException(
                    path.isEmpty() ? "it is not a list of fields" : path + " must hold fields of its own");
        }
        this.node = node;
        this.path = path;
    }

    private String pathOf(String key) {
        return path.isEmpty() ? key : path + "." + key;
    }

    private Optional<JsonNode> find(String key) {
        asked.add(key);
        return Optional.ofNullable(node.get(key)).filter(value -> !value.isNull());
    }

    private JsonNode need(String key) {
        return find(key).orElseThrow(() -> new IllegalArgumentException(pathOf(key) + " is missing"));
    }

    boolean has(String key) {
        return find(key).isPresent();
    }

    String text(String key) {
        JsonNode value = need(key);
        if (!value.isValueNode() || value.asText().isBlank()) {
            throw new IllegalArgumentException(pathOf(key) + " must be a text");
        }
        return value.asText().strip();
    }

    String text(String key, String otherwise) {
        return find(key).isPresent() ? text(key) : otherwise;
    }

    int integer(String key, int least, int most) {
        JsonNode value = need(key);
        if (!value.isIntegralNumber()
                || !value.canConvertToInt()
                || value.intValue() < least
                || value.intValue() > most) {
            throw new IllegalArgumentException(
                    pathOf(key) + " must be a whole number from " + least + " to " + most + ", not " + value);
        }
        return value.intValue();
    }

    int integer(String key, int least, int most, int otherwise) {
        return find(key).isPresent() ? integer(key, least, most) : otherwise;
    }

    double number(String key) {
        return number(need(key), pathOf(key));
    }

    double number(String key, double otherwise) {
        return find(key).isPresent() ? number(key) : otherwise;
    }

    private static double number(JsonNode value, String path) {
        if (!value.isNumber() || !Double.isFinite(value.doubleValue())) {
            throw new IllegalArgumentException(path + " must be a number, not " + value);
        }
        return value.doubleValue();
    }

    List<Double> numbers(String key) {
        List<Double> out = new ArrayList<>();
        list(key).forEach(value -> out.add(number(value, pathOf(key))));
        return out;
    }

    List<String> texts(String key) {
        List<String> out = new ArrayList<>();
        list(key).forEach(value -> out.add(value.asText()));
        return out;
    }

    YamlFields fields(String key) {
        return new YamlFields(need(key), pathOf(key));
    }

    /** An empty mapping if the field is missing. */
    YamlFields optionalFields(String key) {
        return find(key).isPresent()
                ? fields(key)
                : new YamlFields(
                        com.fasterxml.jackson.databind.node.JsonNodeFactory.instance.objectNode(), pathOf(key));
    }

    /** Empty if the field is missing. */
    List<YamlFields> listOfFields(String key) {
        List<YamlFields> out = new ArrayList<>();
        if (find(key).isPresent()) {
            for (JsonNode value : list(key)) {
                out.add(new YamlFields(value, pathOf(key) + "[" + out.size() + "]"));
            }
        }
        return out;
    }

    private JsonNode list(String key) {
        JsonNode value = need(key);
        if (!value.isArray()) {
            throw new IllegalArgumentException(pathOf(key) + " must be a list");
        }
        return value;
    }

    /** The keys that are there, all of which count as asked for. */
    List<String> keys() {
        List<String> keys = new ArrayList<>();
        node.fieldNames().forEachRemaining(keys::add);
        asked.addAll(keys);
        return keys;
    }

    /** Refuses fields that nobody asked for: they are spelling mistakes, or of a newer format. */
    void requireNoMore() {
        node.fieldNames().forEachRemaining(key -> {
            if (!asked.contains(key)) {
                throw new IllegalArgumentException(
                        pathOf(key) + " is not a field that is known here; known are " + String.join(", ", asked));
            }
        });
    }
}
