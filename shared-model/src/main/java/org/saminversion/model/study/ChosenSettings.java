package org.saminversion.model.study;

import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Row;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Settings of methods as columns hold them. */
final class ChosenSettings {
    private ChosenSettings() {}

    /** Empty if the column is null. */
    static Optional<Map<String, Double>> read(Row row, String column) {
        return Optional.ofNullable(row.getJsonObject(column)).map(ChosenSettings::values);
    }

    private static Map<String, Double> values(JsonObject json) {
        Map<String, Double> values = new TreeMap<>();
        json.fieldNames().forEach(name -> values.put(name, json.getDouble(name)));
        return values;
    }

    /** Null if there are none. */
    static JsonObject write(Optional<Map<String, Double>> chosen) {
        return chosen.map(values -> new JsonObject(Map.copyOf(values))).orElse(null);
    }
}
