package org.saminversion.inversion.checkpoint;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * What a file holds, flat.
 *
 * @param tensors by name; nested dictionaries and modules are joined by dots, TensorFlow's scopes by slashes
 * @param metadata short texts and numbers beside the tensors, such as {@code opts.encoder_type}
 */
public record Contents(FileFormat format, SortedMap<String, StoredTensor> tensors, SortedMap<String, String> metadata) {
    public Contents {
        tensors = Collections.unmodifiableSortedMap(new TreeMap<>(tensors));
        metadata = Collections.unmodifiableSortedMap(new TreeMap<>(metadata));
    }

    /** The tensors whose names start with a prefix, without it; the metadata stays whole. */
    Contents below(String prefix, Predicate<String> keep) {
        SortedMap<String, StoredTensor> kept = new TreeMap<>();
        tensors.forEach((name, tensor) -> {
            if (name.startsWith(prefix) && keep.test(name.substring(prefix.length()))) {
                kept.put(name.substring(prefix.length()), tensor);
            }
        });
        return new Contents(format, kept, metadata);
    }
}
