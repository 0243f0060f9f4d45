package org.saminversion.standalone.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.saminversion.bench.OptimizerBenchmark;
import org.saminversion.inversion.engine.InversionRequest;
import org.saminversion.inversion.engine.InversionSettings;
import org.saminversion.inversion.engine.ProgressListener;
import org.saminversion.inversion.failure.JobFailure;
import org.saminversion.inversion.image.NamedPictures;
import org.saminversion.inversion.image.RgbImage;
import org.saminversion.inversion.invertibility.InvertibilityMap;
import org.saminversion.inversion.method.Optimizer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** Steps and seconds to the loss at which the reference ends. */
@Command(
        name = "optimizer",
        description = "Compare ways of optimising: how soon each reaches the loss of the reference's last step.")
final class BenchOptimizerCommand implements Callable<Integer> {
    private static final String METHOD = "sam";

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
            names = "--steps",
            split = ",",
            paramLabel = "N",
            defaultValue = "400",
            description = "Steps of each way, several numbers with commas. Default: ${DEFAULT-VALUE}.")
    private List<Integer> steps;

    @Mixin
    private BundleOption bundle;

    @Mixin
    private EngineOption engine;

    @Option(names = "--json", description = "Print the result as one line of JSON.")
    private boolean json;

    @Option(names = "--out", paramLabel = "FILE", description = "Write the result as JSON, with the machine.")
    private Path out;

    @Override
    public Integer call() {
        if (limit < 1) {
            throw new JobFailure.Rejected("parameter-out-of-range", "--limit must be at least 1, not " + limit);
        }
        BatchSize.require(batch);
        Console console = bench.sam().console();
        try (OpenBundle opened = bundle.open(bench.sam(), engine)) {
            List<RgbImage> photographs = NamedPictures.of(images, limit).stream()
                    .map(picture -> picture.source().get())
                    .toList();
            List<InvertibilityMap> maps = maps(opened, photographs);
            OptimizerBenchmark benchmark = new OptimizerBenchmark(System::nanoTime, console::note);
            OptimizerBenchmark.Curves reference = benchmark.run(
                    opened.engine(), way(opened, photographs, maps, Optimizer.REFERENCE, referenceSteps), batch);
            ObjectNode result = header(opened, photographs.size(), reference);
            for (int count : steps) {
                for (Optimizer optimizer : Optimizer.values()) {
                    OptimizerBenchmark.Curves curves =
                            benchmark.run(opened.engine(), way(opened, photographs, maps, optimizer, count), batch);
                    add(result.withArray("ways"), curves, curves.against(reference));
                }
            }
            finish(console, result);
        }
        return ExitCode.SUCCESS;
    }

    private List<InvertibilityMap> maps(OpenBundle opened, List<RgbImage> photographs) {
        InversionSettings settings = settings(opened, Optimizer.REFERENCE, referenceSteps);
        List<InvertibilityMap> maps = new ArrayList<>();
        for (RgbImage photograph : photographs) {
            maps.add(opened.engine().measureInvertibility(photograph, settings, ProgressListener.SILENT));
        }
        return maps;
    }

    private static InversionSettings settings(OpenBundle opened, Optimizer optimizer, int steps) {
        double tau = opened.bundle().description().defaultTau();
        return new InversionSettings(METHOD, tau, steps, 0).descendingAs(optimizer);
    }

    private static OptimizerBenchmark.Way way(
            OpenBundle opened,
            List<RgbImage> photographs,
            List<InvertibilityMap> maps,
            Optimizer optimizer,
            int steps) {
        InversionSettings settings = settings(opened, optimizer, steps);
        List<InversionRequest> requests = new ArrayList<>();
        for (int i = 0; i < photographs.size(); i++) {
            requests.add(new InversionRequest(photographs.get(i), settings, Optional.of(maps.get(i))));
        }
        return new OptimizerBenchmark.Way(optimizer.name().toLowerCase(Locale.ROOT), requests);
    }

    private ObjectNode header(OpenBundle opened, int photographs, OptimizerBenchmark.Curves reference) {
        ObjectNode node = new ObjectMapper().createObjectNode();
        node.put("bundle", opened.bundle().name());
        node.put("images", photographs);
        node.put("batch", batch);
        node.put("reference_steps", reference.steps());
        node.put("reference_seconds_per_step", reference.secondsPerStep());
        node.put("reference_mean_loss", reference.meanEnd());
        node.put("processors", Runtime.getRuntime().availableProcessors());
        node.put("java", System.getProperty("java.version"));
        node.put("system", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
        return node;
    }

    private static void add(
            ArrayNode ways, OptimizerBenchmark.Curves curves, OptimizerBenchmark.Comparison comparison) {
        ObjectNode way = ways.addObject();
        way.put("optimizer", curves.name());
        way.put("steps", curves.steps());
        way.put("seconds_per_step", curves.secondsPerStep());
        way.put("mean_loss", curves.meanEnd());
        way.put("loss_ratio", comparison.endRatio());
        way.put("end_worse", comparison.endWorse());
        if (Double.isFinite(comparison.medianStepsToGoal())) {
            way.put("median_steps_to_reference_loss", comparison.medianStepsToGoal());
            way.put("time_share", comparison.timeShare());
        } else {
            way.putNull("median_steps_to_reference_loss");
            way.putNull("time_share");
        }
    }

    private void finish(Console console, ObjectNode result) {
        if (out != null) {
            JsonFile.write(out, result);
        }
        if (json) {
            console.out().println(result);
            return;
        }
        console.out()
                .println("reference, " + result.path("reference_steps") + " steps: mean loss "
                        + result.path("reference_mean_loss"));
        result.path("ways").forEach(way -> console.out().println(line(way)));
    }

    private static String line(JsonNode way) {
        return String.format(
                Locale.ROOT,
                "%s, %d steps: mean loss %.4f (%.3f of the reference's), %d end worse, %s",
                way.path("optimizer").asText(),
                way.path("steps").asInt(),
                way.path("mean_loss").asDouble(),
                way.path("loss_ratio").asDouble(),
                way.path("end_worse").asInt(),
                way.path("time_share").isNull()
                        ? "most never reach its loss"
                        : String.format(
                                Locale.ROOT,
                                "its loss in %.3f of its time",
                                way.path("time_share").asDouble()));
    }
}
