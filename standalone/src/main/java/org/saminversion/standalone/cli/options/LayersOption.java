package org.saminversion.standalone.cli.options;

import java.util.Optional;
import org.saminversion.inversion.failure.JobFailure;
import org.saminversion.inversion.space.LayerRange;
import picocli.CommandLine.Option;

/** Which styles a direction changes. */
public final class LayersOption {
    @Option(
            names = "--layers",
            paramLabel = "FROM-TO",
            description = "The styles that it changes, the end not included, such as 0-5. Default: all.")
    private Optional<String> layers = Optional.empty();

    /** @throws JobFailure.Rejected of kind {@code parameter-out-of-range} if it is no range of the generator's styles */
    public LayerRange range(int styles) {
        LayerRange range = layers.map(LayersOption::parse).orElse(LayerRange.all(styles));
        if (range.end() > styles) {
            throw new JobFailure.Rejected(
                    "parameter-out-of-range",
                    "--layers ends at " + range.end() + ", but the generator has " + styles + " styles");
        }
        return range;
    }

    /** @throws JobFailure.Rejected of kind {@code parameter-out-of-range} if it is not such as 0-5 */
    public static LayerRange parse(String text) {
        try {
            String[] ends = text.split("-", 2);
            return new LayerRange(Integer.parseInt(ends[0]), Integer.parseInt(ends[1]));
        } catch (RuntimeException malformed) {
            throw new JobFailure.Rejected(
                    "parameter-out-of-range",
                    "--layers is two style numbers such as 0-5, the end not included; not " + text,
                    malformed);
        }
    }
}
