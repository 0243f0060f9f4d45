package org.saminversion.gateway.submissions;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.saminversion.gateway.http.JsonFields;
import org.saminversion.inversion.failure.JobFailure;
import org.saminversion.inversion.method.Optimizer;

/** Reads what callers choose about a method. Which settings the method has is checked later. */
public final class SettingsReader {
    private SettingsReader() {}

    /** @throws JobFailure.Rejected if it is no object of numbers */
    public static Map<String, Double> read(JsonNode tree) {
        if (!tree.isObject()) {
            throw JsonFields.malformed("settings must be a JSON object such as {\"measured-map\": 1}.");
        }
        Map<String, Double> settings = new TreeMap<>();
        tree.properties().forEach(each -> {
            if (!each.getValue().isNumber()) {
                throw JsonFields.malformed(
                        "The setting " + each.getKey() + " must be a number, not " + each.getValue() + ".");
            }
            // There is no negative zero in the database.
            settings.put(each.getKey(), each.getValue().doubleValue() + 0.0);
        });
        return settings;
    }

    /** @throws JobFailure.Rejected if there is none of that name */
    static Optimizer optimizer(String name) {
        return Arrays.stream(Optimizer.values())
                .filter(each -> word(each.name()).equals(word(name)))
                .findFirst()
                .orElseThrow(() ->
                        JsonFields.malformed("optimizer must be one of " + optimizers() + ", not \"" + name + "\"."));
    }

    private static List<String> optimizers() {
        return Arrays.stream(Optimizer.values()).map(each -> word(each.name())).toList();
    }

    private static String word(String name) {
        return name.toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
