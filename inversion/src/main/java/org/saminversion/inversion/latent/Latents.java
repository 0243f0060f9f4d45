package org.saminversion.inversion.latent;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.saminversion.graph.ElementType;
import org.saminversion.graph.Shape;
import org.saminversion.graph.Tensor;
import org.saminversion.inversion.space.LatentSpace;

/**
 * An inverted photograph: all that is needed to render and edit it with its bundle.
 *
 * @param wplus [1,L,w_dim], one style vector per layer
 * @param deltas per feature space [1,C,r,r], the change added to the features under the mask; only spaces in use
 * @param masks per feature space [1,1,r,r] in [0,1]; the same keys as the deltas
 * @param noise per noise input of the generator the map [1,1,r,r] that was optimised; empty where noise is the engine's
 * @param weightChanges per parameter of the generator what pivotal tuning added to it; empty for the bundle's own generator
 * @param provenance bundle, bundle-sha256, method, tau, seed, steps, engine-version, as text
 */
public record Latents(
        Tensor wplus,
        SortedMap<LatentSpace, Tensor> deltas,
        SortedMap<LatentSpace, Tensor> masks,
        SortedMap<String, Tensor> noise,
        SortedMap<String, Tensor> weightChanges,
        Map<String, String> provenance) {
    /** @throws IllegalArgumentException if a shape or type is not the one said above */
    public Latents {
        Shape styles = wplus.shape();
        if (styles.rank() != 3 || styles.size(0) != 1 || styles.elements() == 0 || notFloat(wplus)) {
            throw new IllegalArgumentException("wplus must be float32[1,styles,width], not " + wplus);
        }
        if (!deltas.keySet().equals(masks.keySet())) {
            throw new IllegalArgumentException(
                    "each delta needs its mask: deltas are " + deltas.keySet() + ", masks " + masks.keySet());
        }
        deltas.forEach((space, delta) -> requireMap(
                "delta." + space,
                delta,
                space,
                delta.shape().rank() == 4 ? delta.shape().size(1) : 1));
        masks.forEach((space, mask) -> requireMap("mask." + space, mask, space, 1));
        noise.forEach((name, map) -> requireNoise(name, map));
        weightChanges.forEach((name, change) -> {
            if (notFloat(change)) {
                throw new IllegalArgumentException("the change of " + name + " must be float32, not " + change);
            }
        });
        noise = Collections.unmodifiableSortedMap(new TreeMap<>(noise));
        weightChanges = Collections.unmodifiableSortedMap(new TreeMap<>(weightChanges));
        deltas = Collections.unmodifiableSortedMap(new TreeMap<>(deltas));
        masks = Collections.unmodifiableSortedMap(new TreeMap<>(masks));
        provenance = Collections.unmodifiableSortedMap(new TreeMap<>(provenance));
    }

    /** Latents of the bundle's own generator and noise. */
    public Latents(
            Tensor wplus,
            SortedMap<LatentSpace, Tensor> deltas,
            SortedMap<LatentSpace, Tensor> masks,
            Map<String, String> provenance) {
        this(wplus, deltas, masks, new TreeMap<>(), new TreeMap<>(), provenance);
    }

    private static void requireNoise(String name, Tensor map) {
        Shape shape = map.shape();
        boolean square = shape.rank() == 4 && shape.size(2) == shape.size(3);
        if (!square || shape.size(0) != 1 || shape.size(1) != 1 || notFloat(map)) {
            throw new IllegalArgumentException(name + " must be float32[1,1,r,r], not " + map);
        }
    }

    private static void requireMap(String name, Tensor tensor, LatentSpace space, int channels) {
        if (!space.isFeatureSpace()) {
            throw new IllegalArgumentException(name + " is not of a feature space");
        }
        Shape expected = Shape.of(1, channels, space.resolution(), space.resolution());
        if (!tensor.shape().equals(expected) || channels == 0 || notFloat(tensor)) {
            throw new IllegalArgumentException(name + " must be float32" + expected + ", not " + tensor);
        }
    }

    private static boolean notFloat(Tensor tensor) {
        return tensor.type() != ElementType.FLOAT32;
    }

    /** Style vectors, L. */
    public int styles() {
        return wplus.shape().size(1);
    }

    /** Width of a style vector. */
    public int wDim() {
        return wplus.shape().size(2);
    }
}
