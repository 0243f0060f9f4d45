package org.saminversion.inversion.method;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.saminversion.inversion.failure.JobFailure;

/**
 * What a caller chose about a method; the reference's values for the rest.
 *
 * @param chosen by name
 */
public record MethodSettings(Map<String, Double> chosen) {
    /** The reference's values throughout. */
    public static final MethodSettings USUAL = new MethodSettings(Map.of());

    public MethodSettings {
        // Sorted, so that equal settings read alike in every process; an immutable map's order changes with each.
        chosen = Collections.unmodifiableMap(new TreeMap<>(Map.copyOf(chosen)));
    }

    /**
     * Checks every name and range.
     *
     * @throws JobFailure.Rejected that lists the settings of the method, or the range
     */
    void requireAmong(String method, List<MethodSetting> known) {
        Map<String, MethodSetting> byName = new TreeMap<>();
        known.forEach(setting -> byName.put(setting.name(), setting));
        chosen.forEach((name, value) -> {
            MethodSetting setting = byName.get(name);
            if (setting == null) {
                throw new JobFailure.Rejected(
                        "setting-unknown",
                        "the method " + method + " has no setting '" + name + "'; "
                                + (byName.isEmpty()
                                        ? "it has none"
                                        : "it has " + byName.keySet().stream().collect(Collectors.joining(", "))));
            }
            if (!(value >= setting.least() && value <= setting.most())) {
                throw new JobFailure.Rejected(
                        "parameter-out-of-range",
                        name + " must be a number from " + setting.least() + " to " + setting.most() + ", not "
                                + value);
            }
        });
    }

    /** These, and the others for what was not chosen. */
    public MethodSettings over(Map<String, Double> others) {
        Map<String, Double> all = new TreeMap<>(others);
        all.putAll(chosen);
        return new MethodSettings(all);
    }

    /** These, but for usual values of what may be set. */
    MethodSettings without(List<MethodSetting> usual) {
        Map<String, Double> rest = new TreeMap<>(chosen);
        usual.forEach(setting -> rest.remove(setting.name(), setting.usual()));
        return new MethodSettings(rest);
    }

    double of(MethodSetting setting) {
        return chosen.getOrDefault(setting.name(), setting.usual());
    }
}
