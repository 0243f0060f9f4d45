package org.saminversion.model;

import java.util.List;
import java.util.Map;

/**
 * What the caller chose; checked before it gets here.
 *
 * @param method one of the bundle's, such as {@code sam} or {@code F4}
 * @param tau error ceiling of the map
 * @param chosen settings of the method, by name, where they differ from the usual
 */
public record JobSettings(
        String bundle,
        String method,
        double tau,
        int steps,
        long seed,
        Map<String, Double> chosen,
        List<EditOrder> edits) {
    public JobSettings {
        // Lines of catalogues that were stored before methods had settings name none.
        chosen = chosen == null ? Map.of() : Map.copyOf(chosen);
    }
}
