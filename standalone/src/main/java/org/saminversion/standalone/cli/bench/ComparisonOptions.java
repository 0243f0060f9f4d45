package org.saminversion.standalone.cli.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.saminversion.bench.comparison.Comparison;
import org.saminversion.bench.comparison.ComparisonPlan;
import org.saminversion.bench.comparison.QualityOverTime;
import org.saminversion.bench.comparison.Variant;
import org.saminversion.inversion.bundle.BundleDescription;
import org.saminversion.inversion.engine.EditRequest;
import org.saminversion.inversion.engine.InversionSettings;
import org.saminversion.inversion.failure.JobFailure;
import org.saminversion.inversion.image.NamedPicture;
import org.saminversion.inversion.image.NamedPictures;
import org.saminversion.inversion.method.InversionMethods;
import org.saminversion.inversion.method.MethodDescription;
import org.saminversion.inversion.method.MethodSettings;
import org.saminversion.standalone.cli.frame.Console;
import org.saminversion.standalone.cli.frame.OutputFolder;
import org.saminversion.standalone.cli.frame.Program;
import org.saminversion.standalone.cli.options.BatchSize;
import org.saminversion.standalone.cli.options.BundleOption;
import org.saminversion.standalone.cli.options.EngineOption;
import org.saminversion.standalone.cli.options.OpenBundle;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What commands that compare methods have in common. */
final class ComparisonOptions {
    @Mixin
    private BundleOption bundle;

    @Mixin
    private EngineOption engine;

    @Mixin
    private ClockOption clock;

    @Option(
            names = "--images",
            paramLabel = "DIR|FILE",
            required = true,
            arity = "1..*",
            description = "Folders of images, image files, or .npz files as invert takes them.")
    private List<Path> images = new ArrayList<>();

    @Option(names = "--limit", paramLabel = "N", description = "Take the first N images of all. Default: all of them.")
    private Optional<Integer> limit = Optional.empty();

    @Option(
            names = "--steps",
            paramLabel = "N",
            description = "Optimisation steps of every method but encoders. Default: each method's own.")
    private Optional<Integer> steps = Optional.empty();

    @Option(
            names = "--tau",
            paramLabel = "ERROR",
            description = "Error ceiling of the invertibility map, 0 to 2. Default: that of the bundle.")
    private Optional<Double> tau = Optional.empty();

    @Option(
            names = "--set",
            paramLabel = "NAME=VALUE",
            description = "A setting (see: sam methods), such as measured-map=1, of every method that has it."
                    + " May be repeated.")
    private Map<String, Double> chosen = new TreeMap<>();

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "0",
            description = "Seeds everything random. Default: ${DEFAULT-VALUE}.")
    private long seed;

    @Option(
            names = "--batch",
            paramLabel = "N",
            description = "Images in one program, where a method can. Default: 4 up to 64 pixels and 1 above.")
    private Optional<Integer> batch = Optional.empty();

    @Option(
            names = "--direction",
            paramLabel = "NAME",
            description = "Edit by which editability is judged. Default: the bundle's first direction.")
    private Optional<String> direction = Optional.empty();

    @Option(
            names = "--strength",
            paramLabel = "S",
            defaultValue = "1.5",
            description = "How strong that edit is. Default: ${DEFAULT-VALUE}.")
    private double strength;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            defaultValue = "out/compared",
            description = "Where results go; a comparison that was stopped goes on there. Default: ${DEFAULT-VALUE}.")
    private Path out;

    @Option(names = "--json", description = "Print one JSON object as the last line.")
    private boolean json;

    boolean json() {
        return json;
    }

    Path out() {
        return out;
    }

    OpenBundle open(Program sam) {
        return bundle.open(sam, engine);
    }

    /** The methods by name, those that the bundle cannot do left out with a note. */
    List<Variant> variants(List<String> names, OpenBundle opened, Console console) {
        BundleDescription description = opened.bundle().description();
        List<MethodDescription> methods = names.stream()
                .map(name -> InversionMethods.describe(name, description))
                .toList();
        chosen.keySet().forEach(setting -> requireKnown(setting, methods));
        List<Variant> variants = new ArrayList<>();
        for (MethodDescription method : methods) {
            if (InversionMethods.isPossible(method, description)) {
                variants.add(new Variant(method.name(), settings(method, description)));
            } else {
                console.note(method.name() + ": left out, the bundle has no encoder for it");
            }
        }
        if (variants.isEmpty()) {
            throw new JobFailure.Rejected("method-without-encoder", "none of these methods works with this bundle");
        }
        return variants;
    }

    private static void requireKnown(String setting, List<MethodDescription> methods) {
        if (methods.stream().noneMatch(method -> method.hasSetting(setting))) {
            throw new JobFailure.Rejected(
                    "setting-unknown",
                    "none of these methods has a setting '" + setting + "'; sam methods lists what there is");
        }
    }

    private InversionSettings settings(MethodDescription method, BundleDescription description) {
        boolean passes = method.settings().isEmpty();
        int usual = method.usualSteps(description);
        Map<String, Double> own = new TreeMap<>(chosen);
        own.keySet().removeIf(setting -> !method.hasSetting(setting));
        return new InversionSettings(
                method.name(),
                tau.orElse(description.defaultTau()),
                passes ? usual : steps.orElse(usual),
                seed,
                method.differences(new MethodSettings(own)));
    }

    /** Each was read once, so that hours of work do not end at a damaged one. @throws JobFailure.Rejected if there is one, or no picture */
    List<NamedPicture> pictures() {
        int count = limit.orElse(Integer.MAX_VALUE);
        if (count < 1) {
            throw new JobFailure.Rejected("parameter-out-of-range", "--limit must be at least 1, not " + count);
        }
        List<NamedPicture> pictures =
                NamedPictures.of(images, count).stream().limit(count).toList();
        if (pictures.isEmpty()) {
            throw new JobFailure.Rejected("image-missing", "there are no images in " + images);
        }
        pictures.forEach(picture -> picture.source().get());
        return pictures;
    }

    /** A comparison of these variants, ready to run. */
    Comparison comparison(List<Variant> variants, List<NamedPicture> pictures, OpenBundle opened, Console console)
            throws IOException {
        batch.ifPresent(BatchSize::require);
        OutputFolder.ready(out);
        int together = batch.orElse(BatchSize.standard(opened.bundle().description()));
        ComparisonPlan plan = new ComparisonPlan(variants, pictures, together, edit(opened), engine.fingerprint(), out);
        return new Comparison(opened.engine(), plan, clock.nanoTime(), console::note);
    }

    /** Measures quality along runs and keeps the curves where results go. */
    QualityOverTime qualityOverTime(OpenBundle opened, Console console) throws IOException {
        OutputFolder.ready(out);
        return new QualityOverTime(opened.engine(), engine.fingerprint(), out, clock.nanoTime(), console::note);
    }

    private EditRequest edit(OpenBundle opened) {
        String name = direction.orElseGet(() -> opened.bundle().description().directions().stream()
                .findFirst()
                .orElseThrow(() -> new JobFailure.Rejected(
                        "direction-unknown",
                        "the bundle has no direction to judge edits by: sam directions components gives it some"))
                .name());
        EditRequest edit = new EditRequest(name, strength);
        opened.engine().check(edit);
        return edit;
    }
}
