package org.saminversion.inversion.latent;

/** Keys of the provenance of latents, which are also those of the metadata in their file. */
public final class Provenance {
    public static final String BUNDLE = "bundle";
    public static final String BUNDLE_SHA256 = "bundle-sha256";
    public static final String GENERATOR_SHA256 = "generator-sha256";
    public static final String METHOD = "method";
    public static final String TAU = "tau";
    public static final String SEED = "seed";
    public static final String STEPS = "steps";
    public static final String ENGINE_VERSION = "engine-version";
    public static final String FORMULATION = "formulation";
    public static final String NOISE = "noise";
    public static final String CLAMP_GRADIENT = "clamp-gradient";

    /** Before the name of each setting of the method that was chosen. */
    public static final String SETTING = "setting-";

    private Provenance() {}
}
