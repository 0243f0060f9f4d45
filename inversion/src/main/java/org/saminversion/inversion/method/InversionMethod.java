package org.saminversion.inversion.method;

import java.util.List;
import java.util.Map;
import org.saminversion.inversion.bundle.EncoderDescription;
import org.saminversion.inversion.space.LatentSpace;

/** How a photograph is inverted: what is found, from where, and towards which objective (spec baselines.md). */
public sealed interface InversionMethod {
    /** Each segment into the most editable space that reconstructs it well: the paper's method. */
    record SpatiallyAdaptive(Start start, DirectSettings settings) implements InversionMethod {}

    /** The whole photograph into one space. */
    record SingleSpace(LatentSpace space, Start start, DirectSettings settings) implements InversionMethod {}

    /** StyleGAN2's projector, in W or W+, with or without the Gaussian prior. */
    record Projection(ProjectionSettings settings) implements InversionMethod {}

    /** A pivot in W, then a generator tuned for it. */
    record PivotalTuning(TuningSettings settings) implements InversionMethod {}

    /** What an encoder gives, without optimisation; as many passes as there are steps. */
    record Encoding(List<EncoderDescription.Kind> kinds) implements InversionMethod {}

    /** Style vectors and deltas by encoders in one pass, under the masks of the map: the paper's encoder setting. */
    record AdaptiveEncoding() implements InversionMethod {}

    /** Whether the method needs an invertibility map. */
    default boolean needsMap() {
        return this instanceof SpatiallyAdaptive || this instanceof AdaptiveEncoding;
    }

    /** The part of the picture that each space has where there is no map. */
    default Map<String, Double> shares() {
        return Map.of(this instanceof SingleSpace single ? single.space().toString() : spaceWithoutMap(), 1.0);
    }

    private String spaceWithoutMap() {
        boolean w = this instanceof PivotalTuning
                || this instanceof Projection p && !p.settings().perLayer();
        return w ? "W" : LatentSpace.W_PLUS.toString();
    }
}
