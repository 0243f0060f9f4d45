package org.saminversion.standalone.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.saminversion.bench.comparison.Comparison;
import org.saminversion.bench.comparison.ComparisonPlan;
import org.saminversion.bench.comparison.Picture;
import org.saminversion.bench.comparison.Variant;
import org.saminversion.inversion.engine.EditRequest;
import org.saminversion.inversion.engine.InversionSettings;
import org.saminversion.inversion.failure.JobFailure;
import org.saminversion.inversion.image.NamedPictures;
import org.saminversion.inversion.method.InversionMethods;
import org.saminversion.inversion.method.MethodDescription;
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
            names = "--seed",
            paramLabel = "N",
            defaultValue = "0",
            description = "Seeds everything random. Default: ${DEFAULT-VALUE}.")
    private long seed;

    @Option(
            names = "--batch",
            paramLabel = "N",
            defaultValue = "4",
            description = "Images in one program, where a method can. Default: ${DEFAULT-VALUE}.")
    private int batch;

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

    /** What seconds are measured with. */
    LongSupplier nanoTime() {
        return clock.nanoTime();
    }

    Path out() {
        return out;
    }

    OpenBundle open(Sam sam) {
        return bundle.open(sam, engine);
    }

    /** The methods by name, those that the bundle cannot do left out with a note. */
    List<Variant> variants(List<String> names, OpenBundle opened, Console console) {
        List<Variant> variants = new ArrayList<>();
        for (String name : names) {
            MethodDescription method =
                    InversionMethods.describe(name, opened.bundle().description());
            if (InversionMethods.isPossible(method, opened.bundle().description())) {
                variants.add(new Variant(method.name(), settings(method, opened)));
            } else {
                console.note(method.name() + ": left out, the bundle has no encoder for it");
            }
        }
        if (variants.isEmpty()) {
            throw new JobFailure.Rejected("method-without-encoder", "none of these methods works with this bundle");
        }
        return variants;
    }

    InversionSettings settings(MethodDescription method, OpenBundle opened) {
        boolean passes = method.settings().isEmpty();
        int usual = method.steps().orElse(opened.bundle().description().defaultSteps());
        return new InversionSettings(
                method.name(),
                tau.orElse(opened.bundle().description().defaultTau()),
                passes ? usual : steps.orElse(usual),
                seed);
    }

    /** @throws JobFailure.Rejected if there are none, or one cannot be read */
    List<Picture> pictures() {
        int count = limit.orElse(Integer.MAX_VALUE);
        if (count < 1) {
            throw new JobFailure.Rejected("parameter-out-of-range", "--limit must be at least 1, not " + count);
        }
        List<Picture> pictures = NamedPictures.of(images, count).stream()
                .limit(count)
                .map(input -> new Picture(
                        input.label(), input.folder(), input.source().get()))
                .toList();
        if (pictures.isEmpty()) {
            throw new JobFailure.Rejected("image-missing", "there are no images in " + images);
        }
        return pictures;
    }

    /** A comparison of these variants, ready to run. */
    Comparison comparison(List<Variant> variants, OpenBundle opened, Console console) throws IOException {
        if (batch < 1) {
            throw new JobFailure.Rejected("parameter-out-of-range", "--batch must be at least 1, not " + batch);
        }
        OutputFolder.ready(out);
        EditRequest edit = edit(opened);
        ComparisonPlan plan = new ComparisonPlan(variants, pictures(), batch, edit, engine.fingerprint(), out);
        return new Comparison(opened.engine(), plan, nanoTime(), console::note);
    }

    private EditRequest edit(OpenBundle opened) {
        String name = direction.orElseGet(() -> opened.bundle().description().directions().stream()
                .findFirst()
                .orElseThrow(() -> new JobFailure.Rejected(
                        "direction-unknown", "the bundle has no direction to judge edits by; import one"))
                .name());
        EditRequest edit = new EditRequest(name, strength);
        opened.engine().check(edit);
        return edit;
    }
}
