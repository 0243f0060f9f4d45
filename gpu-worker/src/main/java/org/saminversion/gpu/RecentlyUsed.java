package org.saminversion.gpu;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Keeps the values that were used last. Thread-safe. */
final class RecentlyUsed<K, V> {
    private final Map<K, V> values;

    /** @param most values that are kept, at least 1 */
    RecentlyUsed(int most) {
        if (most < 1) {
            throw new IllegalArgumentException("at least one value must be kept, not " + most);
        }
        this.values = new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
                return size() > most;
            }
        };
    }

    synchronized Optional<V> get(K key) {
        return Optional.ofNullable(values.get(key));
    }

    synchronized void put(K key, V value) {
        values.put(key, value);
    }
}
