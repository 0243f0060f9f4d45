package org.saminversion.inversion.method;

import java.util.List;
import java.util.OptionalInt;
import java.util.function.Function;
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
}
