package org.saminversion.standalone.cli.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.saminversion.bench.KeptResult;
import org.saminversion.bench.OptimizerBenchmark;
import org.saminversion.bench.OptimizerBenchmark.Curves;
import org.saminversion.bench.OptimizerBenchmark.Way;
import org.saminversion.inversion.bundle.BundleDescription;
import org.saminversion.inversion.engine.InversionRequest;
import org.saminversion.inversion.engine.InversionSettings;
import org.saminversion.inversion.engine.ProgressListener;
import org.saminversion.inversion.failure.JobFailure;
import org.saminversion.inversion.image.NamedPictures;
import org.saminversion.inversion.image.RgbImage;
import org.saminversion.inversion.invertibility.InvertibilityMap;
import org.saminversion.inversion.method.InversionMethods;
import org.saminversion.inversion.method.MethodSettings;
import org.saminversion.inversion.method.Optimizer;
import org.saminversion.inversion.method.Start;
import org.saminversion.standalone.cli.frame.Console;
import org.saminversion.standalone.cli.frame.ExitCode;
import org.saminversion.standalone.cli.frame.JsonFile;
import org.saminversion.standalone.cli.options.BatchSize;
import org.saminversion.standalone.cli.options.BundleOption;
import org.saminversion.standalone.cli.options.EngineOption;
import org.saminversion.standalone.cli.options.OpenBundle;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** Steps and seconds to the loss at which the reference ends. */
@Command(
        name = "optimizer",
        description = "Compare ways of optimising: how soon each reaches the loss of the reference's last step. The"
                + " reference is the method sam with the optimizer REFERENCE.")
final class BenchOptimizerCommand implements Callable<Integer> {
    private static final String REFERENCE_METHOD = "sam";

    @ParentCommand
    private BenchCommand bench;

    @Option(
            names = "--images",
            required = true,
            arity = "1..*",
            paramLabel = "IMAGE",
            description = "Image files or .npz files, as for invert.")
    private List<Path> images;

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "8",
            description = "Take at most N images of each .npz file. Default: ${DEFAULT-VALUE}.")
    private int limit;

    @Option(
            names = "--batch",
            paramLabel = "N",
            defaultValue = "4",
            description = "Images in one program. Default: ${DEFAULT-VALUE}.")
    private int batch;

    @Option(
            names = "--reference-steps",
            paramLabel = "N",
            defaultValue = "1001",
            description = "Steps of the reference. Default: ${DEFAULT-VALUE}.")
    private int referenceSteps;

    @Option(
            names = "--reference",
            paramLabel = "FILE",
            description =
                    "Keep the reference's losses and seconds in this file, and take them from there if they are of"
                            + " the same bundle, images and steps.")
    private Optional<Path> referenceFile = Optional.empty();

    @Option(
            names = "--methods",
            split = ",",
            paramLabel = "NAME",
            defaultValue = REFERENCE_METHOD,
            description = "Methods that are compared, such as sam-encoder-start. Default: ${DEFAULT-VALUE}.")
    private List<String> methods;

    @Option(
            names = "--optimizers",
            split = ",",
            paramLabel = "NAME",
            description = "Optimisers that are compared: ${COMPLETION-CANDIDATES}. Default: all.")
    private List<Optimizer> optimizers = Arrays.asList(Optimizer.values());

    @Option(
            names = "--steps",
            split = ",",
            paramLabel = "N",
            defaultValue = "400",
            description = "Steps of each way, several numbers with commas. Default: ${DEFAULT-VALUE}.")
    private List<Integer> steps;

    @Option(
            names = "--set",
            paramLabel = "NAME=VALUE",
            description = "A setting of all ways but the reference. May be repeated.")
    private Map<String, Double> chosen = new TreeMap<>();

    @Mixin
    private BundleOption bundle;

    @Mixin
    private EngineOption engine;

    @Mixin
    private ClockOption clock;

    @Option(names = "--json", description = "Print the result as one line of JSON.")
    private boolean json;

    @Option(names = "--out", paramLabel = "FILE", description = "Write the result as JSON, with the machine.")
    private Optional<Path> out = Optional.empty();

    /** What all ways have in common. */
    private record Subjects(OpenBundle opened, List<RgbImage> photographs, List<InvertibilityMap> maps) {
        Way way(String name, InversionSettings settings) {
            opened.engine().check(settings);
            List<InversionRequest> requests = new ArrayList<>();
            for (int i = 0; i < photographs.size(); i++) {
                requests.add(new InversionRequest(photographs.get(i), settings, Optional.of(maps.get(i))));
            }
            return new Way(name, requests);
        }
    }

    @Override
    public Integer call() {
        if (limit < 1) {
            throw new JobFailure.Rejected("parameter-out-of-range", "--limit must be at least 1, not " + limit);
        }
        BatchSize.require(batch);
        Console console = bench.console();
        try (OpenBundle opened = bundle.open(bench, engine)) {
            List<RgbImage> photographs = NamedPictures.of(images, limit).stream()
                    .map(picture -> picture.source().get())
                    .toList();
            BundleDescription description = opened.bundle().description();
            InversionSettings reference = settings(
                    REFERENCE_METHOD,
                    opened,
                    referenceSteps,
                    new MethodSettings(Start.MEAN.chosenIn(InversionMethods.describe(REFERENCE_METHOD, description))));
            Subjects subjects = new Subjects(
                    opened,
                    photographs,
                    opened.engine().measureInvertibility(photographs, reference, ProgressListener.SILENT));
            OptimizerBenchmark benchmark = new OptimizerBenchmark(clock.nanoTime(), console::note);
            OptimizerReport report = new OptimizerReport(header(subjects), reference(benchmark, subjects, reference));
            compare(benchmark, subjects, report);
            if (json) {
                console.out().println(report.json());
            } else {
                report.print(console.out());
            }
        }
        return ExitCode.SUCCESS;
    }

    private static InversionSettings settings(String method, OpenBundle opened, int steps, MethodSettings chosen) {
        return new InversionSettings(method, opened.bundle().description().defaultTau(), steps, 0, chosen);
    }

    private Curves reference(OptimizerBenchmark benchmark, Subjects subjects, InversionSettings settings) {
        Way way = subjects.way("reference", settings);
        if (referenceFile.isEmpty()) {
            return benchmark.run(subjects.opened().engine(), way, batch);
        }
        KeptResult<Curves> file = new KeptResult<>(referenceFile.get(), Curves.class);
        String fingerprint = String.join(
                ";",
                subjects.opened().bundle().sha256(),
                settings.toString(),
                engine.fingerprint(),
                clock.label(),
                Integer.toString(subjects.photographs().hashCode()));
        Optional<Curves> kept = file.read(fingerprint);
        if (kept.isPresent()) {
            return kept.get();
        }
        Curves curves = benchmark.run(subjects.opened().engine(), way, batch);
        file.write(fingerprint, curves);
        return curves;
    }

    private void compare(OptimizerBenchmark benchmark, Subjects subjects, OptimizerReport report) {
        for (int count : steps) {
            for (String method : methods) {
                for (Optimizer optimizer : optimizers) {
                    InversionSettings settings = settings(method, subjects.opened(), count, new MethodSettings(chosen))
                            .descendingAs(optimizer);
                    Way way = subjects.way(method + ", " + optimizer + ", " + count + " steps", settings);
                    report.add(
                            method, optimizer, benchmark.run(subjects.opened().engine(), way, batch));
                    out.ifPresent(file -> JsonFile.write(file, report.json()));
                }
            }
        }
    }

    private ObjectNode header(Subjects subjects) {
        ObjectNode node = OptimizerReport.header();
        node.put("bundle", subjects.opened().bundle().name());
        node.put("images", subjects.photographs().size());
        node.put("batch", batch);
        node.put("clock", clock.label());
        chosen.forEach((name, value) -> node.put("set_" + name, value));
        return node;
    }
}
