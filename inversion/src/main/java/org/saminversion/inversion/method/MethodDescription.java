package org.saminversion.inversion.method;

import java.util.List;
import java.util.OptionalInt;
import java.util.function.Function;
import org.saminversion.inversion.bundle.BundleDescription;
import org.saminversion.inversion.bundle.EncoderDescription;

/**
 * A method as callers know it.
 *
 * @param name as in {@code --method name}
 * @param summary one line for people
 * @param settings what may be chosen about it
 * @param steps the reference's; empty for the bundle's default
 * @param encoders kinds of which the bundle needs one; empty if it needs none
 * @param make the method with chosen settings
 */
public record MethodDescription(
        String name,
        String summary,
        List<MethodSetting> settings,
        OptionalInt steps,
        List<EncoderDescription.Kind> encoders,
        Function<MethodSettings, InversionMethod> make) {
    public MethodDescription {
        settings = List.copyOf(settings);
        encoders = List.copyOf(encoders);
    }

    /** Whether the method needs an invertibility map. */
    public boolean needsMap() {
        return usual().needsMap();
    }

    /** Whether each result is a generator of its own, as large as the bundle's. */
    public boolean tunesGenerator() {
        return usual() instanceof InversionMethod.PivotalTuning;
    }

    /** The steps that are taken if nothing is said. */
    public int usualSteps(BundleDescription bundle) {
        return steps.orElse(bundle.defaultSteps());
    }

    /** Whether further steps would change nothing. */
    public boolean isOnePass() {
        return steps.equals(OptionalInt.of(1));
    }

    /** Whether that may be chosen about the method. */
    public boolean hasSetting(String setting) {
        return settings.stream().anyMatch(each -> each.name().equals(setting));
    }

    /**
     * What was chosen, without that which is usual anyway: equal for equal work.
     *
     * @throws org.saminversion.inversion.failure.JobFailure.Rejected if there is no such setting or a value is out of range
     */
    public MethodSettings differences(MethodSettings chosen) {
        chosen.requireAmong(name, settings);
        return chosen.without(settings);
    }

    private InversionMethod usual() {
        return make.apply(MethodSettings.USUAL);
    }
}
