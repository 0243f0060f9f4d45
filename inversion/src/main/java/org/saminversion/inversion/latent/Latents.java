package org.saminversion.inversion.latent;

import java.util.Map;
import java.util.SortedMap;
import org.saminversion.graph.Tensor;
import org.saminversion.inversion.space.LatentSpace;

/**
 * An inverted photograph: all that is needed to render and edit it with its bundle.
 *
 * @param wplus [1,L,w_dim], one style vector per layer
 * @param deltas per feature space [1,C,r,r], the change added to the features under the mask; only spaces in use
 * @param masks per feature space [1,1,r,r] in [0,1]; the same keys as the deltas
 * @param provenance bundle, bundle-sha256, method, tau, seed, steps, engine-version, as text
 */
public record Latents(
        Tensor wplus,
        SortedMap<LatentSpace, Tensor> deltas,
        SortedMap<LatentSpace, Tensor> masks,
        Map<String, String> provenance) {}
