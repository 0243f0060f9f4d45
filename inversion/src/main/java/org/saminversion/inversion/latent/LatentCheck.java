package org.saminversion.inversion.latent;

import org.saminversion.inversion.bundle.GeneratorDescription;
import org.saminversion.inversion.bundle.ModelBundle;
import org.saminversion.inversion.failure.JobFailure;
import org.saminversion.inversion.space.LatentSpace;

/** Whether latents can be rendered with a bundle. */
public final class LatentCheck {
    /** The word for latents that belong to another generator. */
    public static final String KIND = "latents-mismatch";

    private LatentCheck() {}

    /**
     * Refuses latents of another generator, by their provenance and by their shapes.
     *
     * @throws JobFailure.Rejected of kind {@code latents-mismatch}
     */
    public static void requireFits(Latents latents, ModelBundle bundle) {
        String madeWith = latents.provenance().getOrDefault(Provenance.BUNDLE, bundle.name());
        String hash = latents.provenance().getOrDefault(Provenance.GENERATOR_SHA256, bundle.generatorSha256());
        if (!hash.equals(bundle.generatorSha256())) {
            throw new JobFailure.Rejected(
                    KIND,
                    madeWith.equals(bundle.name())
                            ? "these latents were made with another generator of bundle " + madeWith + " (SHA-256 "
                                    + hash + ", here " + bundle.generatorSha256() + "); use that or invert again"
                            : "these latents were made with bundle " + madeWith + ", not with " + bundle.name()
                                    + "; name that bundle");
        }
        GeneratorDescription generator = bundle.description().generator();
        if (latents.styles() != generator.styles() || latents.wDim() != generator.wDim()) {
            throw new JobFailure.Rejected(
                    KIND,
                    "these latents have " + latents.styles() + " styles of " + latents.wDim() + " numbers; bundle "
                            + bundle.name() + " needs " + generator.styles() + " of " + generator.wDim());
        }
        for (LatentSpace space : latents.deltas().keySet()) {
            if (!generator.has(space)) {
                throw new JobFailure.Rejected(
                        KIND, "these latents use " + space + ", which bundle " + bundle.name() + " does not have");
            }
        }
    }
}
