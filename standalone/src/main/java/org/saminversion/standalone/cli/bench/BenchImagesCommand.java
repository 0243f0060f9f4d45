package org.saminversion.standalone.cli.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.saminversion.bench.ImagesBenchmark;
import org.saminversion.bench.Machine;
import org.saminversion.bench.ResultJson;
import org.saminversion.inversion.failure.JobFailure;
import org.saminversion.standalone.cli.frame.Console;
import org.saminversion.standalone.cli.frame.ExitCode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** Many images at once. */
@Command(
        name = "images",
        description =
                "Compare ways to optimise many images: in one program with all threads, or in one program per thread.")
final class BenchImagesCommand implements Callable<Integer> {
    @ParentCommand
    private BenchCommand bench;

    @Mixin
    private StepTimingOptions timing;

    @Option(
            names = "--images",
            split = ",",
            defaultValue = "1,2,4,8",
            description = "Images at the same time. Default: ${DEFAULT-VALUE}")
    private List<Integer> images;

    @Override
    public Integer call() {
        timing.check();
        if (images.stream().anyMatch(number -> number < 1)) {
            throw new JobFailure.Rejected("parameter-out-of-range", "every number of --images is at least 1");
        }
        Console console = bench.console();
        ImagesBenchmark.Plan plan = new ImagesBenchmark.Plan(
                timing.size(), images, timing.threads(), timing.waiting(), timing.blocks(), timing.stepsPerBlock());
        List<ImagesBenchmark.Result> results =
                new ImagesBenchmark(System::nanoTime, line -> console.err().println(line)).run(plan);
        ObjectNode node = ResultJson.of(plan, results, Machine.here());
        timing.keep(node);
        console.out().println("| pixels | programs | images in each | threads of each | s/(image step) | ratio |");
        console.out().println("|--:|--:|--:|--:|--:|--:|");
        results.forEach(result -> console.out()
                .println(String.format(
                        Locale.ROOT,
                        "| %d | %d | %d | %d | %.4f | %.3f |",
                        timing.size(),
                        result.way().programs(),
                        result.way().batch(),
                        result.way().threads(),
                        result.secondsPerImageStep(),
                        result.ratio())));
        timing.print(node, console);
        return ExitCode.SUCCESS;
    }
}
