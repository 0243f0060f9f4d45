package org.saminversion.inversion.method;

import java.util.List;
import java.util.Map;
import org.saminversion.inversion.bundle.BundleDescription;
import org.saminversion.inversion.bundle.EncoderDescription;

/** Where an optimisation of W+ and feature deltas starts. */
public enum Start {
    /** The mean of W and no deltas. */
    MEAN,
    /** What the bundle's encoder e4e gives for the photograph, and no deltas: the released code (spec baselines.md section 7). */
    STYLES,
    /** Style vectors and deltas as the method {@code sam-encoder} gives them. */
    DELTAS;

    /** The setting that chooses, by number. */
    public static final String NAME = "start";

    /** The nearest start to the photograph that a bundle's encoders allow. */
    public static Start usual(BundleDescription bundle) {
        return DELTAS.isPossible(bundle) ? DELTAS : released(bundle);
    }

    /** Where the released code starts; without an encoder, at the mean. */
    public static Start released(BundleDescription bundle) {
        return STYLES.isPossible(bundle) ? STYLES : MEAN;
    }

    private boolean isPossible(BundleDescription bundle) {
        return InversionMethods.hasOneOf(encoders(), bundle);
    }

    /** Kinds of which the bundle needs one; empty if it needs none. */
    List<EncoderDescription.Kind> encoders() {
        return switch (this) {
            case MEAN -> List.of();
            case STYLES -> InversionMethods.onePassEncoders();
            case DELTAS -> List.of(EncoderDescription.Kind.DELTAS);
        };
    }

    /** The choice of this start, if the method leaves one. */
    public Map<String, Double> chosenIn(MethodDescription method) {
        return method.hasSetting(NAME) ? Map.of(NAME, (double) ordinal()) : Map.of();
    }

    /** The setting that takes this start if nothing is said. */
    MethodSetting asUsual() {
        return new MethodSetting(
                NAME,
                ordinal(),
                0,
                2,
                "0 starts at the mean of W, 1 at the style vectors of the bundle's encoder, 2 at its style vectors and deltas");
    }

    /** @param setting of the bundle */
    static Start of(MethodSettings settings, MethodSetting setting) {
        return values()[(int) settings.of(setting)];
    }
}
