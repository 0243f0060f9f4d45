package org.saminversion.inversion.method;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.saminversion.inversion.failure.JobFailure;
import org.saminversion.inversion.space.LatentSpace;

/** How the latent spaces are shared out over a photograph. */
public sealed interface InversionMethod {
    /** Each segment into the most editable space that reconstructs it well: the paper's method. */
    record SpatiallyAdaptive() implements InversionMethod {}

    /** The whole photograph into one space. */
    record SingleSpace(LatentSpace space) implements InversionMethod {}

    /**
     * Reads {@code sam}, {@code wplus} or a feature space such as {@code F4}.
     *
     * @param candidates spaces of the bundle
     * @throws JobFailure.Rejected for anything else; the message lists what there is
     */
    static InversionMethod parse(String name, List<LatentSpace> candidates) {
        if (name.equals("sam")) {
            return new SpatiallyAdaptive();
        }
        if (name.equals("wplus")) {
            return new SingleSpace(LatentSpace.W_PLUS);
        }
        return candidates.stream()
                .filter(LatentSpace::isFeatureSpace)
                .filter(space -> space.toString().equalsIgnoreCase(name))
                .findFirst()
                .map(SingleSpace::new)
                .orElseThrow(() -> new JobFailure.Rejected(
                        "method-unknown",
                        "there is no method '" + name + "' for this bundle; it has "
                                + Stream.concat(
                                                Stream.of("sam", "wplus"),
                                                candidates.stream()
                                                        .filter(LatentSpace::isFeatureSpace)
                                                        .map(LatentSpace::toString))
                                        .collect(Collectors.joining(", "))));
    }
}
