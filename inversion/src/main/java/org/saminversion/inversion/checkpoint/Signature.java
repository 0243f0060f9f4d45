package org.saminversion.inversion.checkpoint;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.saminversion.graph.Shape;

/** A few tensors whose names and shapes together give a network away, wherever in a file it lies. */
record Signature(List<Anchor> anchors) {
    private static final int ANY = -1;

    /** @param sizes expected sizes, -1 for any */
    record Anchor(String name, int... sizes) {
        boolean matches(StoredTensor tensor) {
            Shape shape = tensor.shape();
            if (shape.rank() != sizes.length) {
                return false;
            }
            for (int axis = 0; axis < sizes.length; axis++) {
                if (sizes[axis] != ANY && sizes[axis] != shape.size(axis)) {
                    return false;
                }
            }
            return true;
        }
    }

    static Signature of(Anchor... anchors) {
        return new Signature(List.of(anchors));
    }

    static Anchor anchor(String name, int... sizes) {
        return new Anchor(name, sizes);
    }

    /** Under which prefixes the network lies, the one to prefer first: an averaged copy before the one that is trained. */
    List<String> prefixes(Map<String, StoredTensor> tensors) {
        String first = anchors.get(0).name;
        return tensors.keySet().stream()
                .filter(name -> name.equals(first) || name.endsWith("." + first))
                .map(name -> name.substring(0, name.length() - first.length()))
                .filter(prefix -> anchors.stream().allMatch(anchor -> {
                    StoredTensor tensor = tensors.get(prefix + anchor.name);
                    return tensor != null && anchor.matches(tensor);
                }))
                .sorted(Comparator.comparing((String prefix) ->
                                !prefix.toLowerCase(Locale.ROOT).contains("ema"))
                        .thenComparing(String::length)
                        .thenComparing(Comparator.naturalOrder()))
                .toList();
    }
}
