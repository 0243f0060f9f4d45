package org.saminversion.standalone.cli.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.saminversion.bench.BenchmarkLayout;
import org.saminversion.bench.ImagesBenchmark;
import org.saminversion.bench.Machine;
import org.saminversion.bench.ResultJson;
import org.saminversion.graph.Waiting;
import org.saminversion.inversion.failure.JobFailure;
import org.saminversion.standalone.cli.frame.Console;
import org.saminversion.standalone.cli.frame.ExitCode;
import org.saminversion.standalone.cli.frame.JsonFile;
import picocli.CommandLine.Command;
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

    @Option(
            names = "--size",
            defaultValue = "64",
            description = "Layout: 64, 128, 256, 512 or 1024 pixels. Default: ${DEFAULT-VALUE}")
    private int size;

    @Option(
            names = "--images",
            split = ",",
            defaultValue = "1,2,4,8",
            description = "Images at the same time. Default: ${DEFAULT-VALUE}")
    private List<Integer> images;

    @Option(names = "--threads", defaultValue = "2", description = "Threads in all. Default: ${DEFAULT-VALUE}")
    private int threads;

    @Option(
            names = "--waiting",
            defaultValue = "SPIN",
            description =
                    "What threads do while they wait for each other: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}")
    private Waiting waiting;

    @Option(
            names = "--blocks",
            defaultValue = "10",
            description = "Timed blocks of steps of each way. Default: ${DEFAULT-VALUE}")
    private int blocks;

    @Option(names = "--steps", defaultValue = "3", description = "Steps in each block. Default: ${DEFAULT-VALUE}")
    private int steps;

    @Option(names = "--json", description = "Print the result as JSON in the last line.")
    private boolean json;

    @Option(names = "--out", paramLabel = "FILE", description = "Write the result as JSON, with the machine.")
    private Path out;

    @Override
    public Integer call() {
        if (!BenchmarkLayout.SIZES.contains(size)) {
            throw new JobFailure.Rejected(
                    "parameter-out-of-range", "--size is one of " + BenchmarkLayout.SIZES + ", not " + size);
        }
        if (threads < 1 || blocks < 1 || steps < 1 || images.stream().anyMatch(number -> number < 1)) {
            throw new JobFailure.Rejected(
                    "parameter-out-of-range", "--images, --threads, --blocks and --steps are at least 1");
        }
        Console console = bench.console();
        ImagesBenchmark.Plan plan = new ImagesBenchmark.Plan(size, images, threads, waiting, blocks, steps);
        List<ImagesBenchmark.Result> results =
                new ImagesBenchmark(System::nanoTime, line -> console.err().println(line)).run(plan);
        ObjectNode node = ResultJson.of(plan, results, Machine.here());
        if (out != null) {
            JsonFile.write(out, node);
        }
        console.out().println("| pixels | programs | images in each | threads of each | s/(image step) | ratio |");
        console.out().println("|--:|--:|--:|--:|--:|--:|");
        results.forEach(result -> console.out()
                .println(String.format(
                        Locale.ROOT,
                        "| %d | %d | %d | %d | %.4f | %.3f |",
                        size,
                        result.way().programs(),
                        result.way().batch(),
                        result.way().threads(),
                        result.secondsPerImageStep(),
                        result.ratio())));
        if (json) {
            console.out().println(node);
        }
        return ExitCode.SUCCESS;
    }
}
