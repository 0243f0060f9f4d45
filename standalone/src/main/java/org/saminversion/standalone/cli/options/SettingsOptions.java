package org.saminversion.standalone.cli.options;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.saminversion.inversion.bundle.BundleDescription;
import org.saminversion.inversion.engine.InversionSettings;
import org.saminversion.inversion.method.InversionMethods;
import org.saminversion.inversion.method.MapSource;
import org.saminversion.inversion.method.MethodDescription;
import org.saminversion.inversion.method.MethodSettings;
import org.saminversion.inversion.method.Start;
import picocli.CommandLine.Option;

/** How to invert: the options that {@code invert} and {@code demo} share. */
public final class SettingsOptions {
    private static final int REFERENCE_STEPS = 1001;

    @Option(
            names = "--method",
            paramLabel = "METHOD",
            defaultValue = "sam",
            description = "sam (a space per segment), wplus, a feature space such as F4, or another (see: sam methods)."
                    + " Default: ${DEFAULT-VALUE}.")
    private String method;

    @Option(
            names = "--steps",
            paramLabel = "N",
            description = "Optimisation steps, 1 to 10000. Default: that of the method, see: sam methods.")
    private Optional<Integer> steps = Optional.empty();

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "0",
            description = "Seeds everything random: the same seed gives the same latents. Default: ${DEFAULT-VALUE}.")
    private long seed;

    @Option(
            names = "--tau",
            paramLabel = "ERROR",
            description =
                    "Error ceiling of the invertibility map, 0 to 2; lower reconstructs better, higher edits better."
                            + " Default: that of the bundle.")
    private Optional<Double> tau = Optional.empty();

    @Option(
            names = "--set",
            paramLabel = "NAME=VALUE",
            description = "A setting of the method (see: sam methods). May be repeated.")
    private Map<String, Double> chosen = new TreeMap<>();

    @Option(
            names = "--map",
            paramLabel = "SOURCE",
            description =
                    "Where the invertibility map comes from: PREDICTED by the bundle's network if it has one, MEASURED by"
                            + " short inversions. Default: PREDICTED, but MEASURED in the demo.")
    private Optional<MapSource> map = Optional.empty();

    private MapSource usualMap = MapSource.PREDICTED;
    private boolean asInTheReference;

    /** Where the map comes from if nothing else is said, for methods that leave a choice. */
    public void usualMap(MapSource source) {
        usualMap = source;
    }

    /** From where the reference starts, and as many steps as it takes, if nothing else was said. */
    public void asInTheReference() {
        asInTheReference = true;
        steps = steps.or(() -> Optional.of(REFERENCE_STEPS));
    }

    /** @throws org.saminversion.inversion.failure.JobFailure.Rejected if a value is out of its range */
    public InversionSettings toSettings(BundleDescription bundle) {
        MethodDescription description = InversionMethods.describe(method, bundle);
        return new InversionSettings(
                method,
                tau.orElse(bundle.defaultTau()),
                steps.orElse(description.usualSteps(bundle)),
                seed,
                chosen(description, bundle));
    }

    private MethodSettings chosen(MethodDescription description, BundleDescription bundle) {
        MethodSettings settings = new MethodSettings(chosen);
        if (asInTheReference) {
            settings = settings.over(Start.released(bundle).chosenIn(description));
        }
        MapSource unless = description.hasSetting(MapSource.NAME) ? usualMap : MapSource.PREDICTED;
        return map.orElse(unless) == MapSource.MEASURED ? settings.over(Map.of(MapSource.NAME, 1.0)) : settings;
    }
}
