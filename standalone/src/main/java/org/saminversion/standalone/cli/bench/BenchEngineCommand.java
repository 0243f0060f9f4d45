package org.saminversion.standalone.cli.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.saminversion.bench.BenchmarkLayout;
import org.saminversion.bench.EngineBenchmark;
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

/** Seconds per optimisation step. */
@Command(
        name = "engine",
        description = "Time optimisation steps with random weights; --peer alternates with the same step in PyTorch.")
final class BenchEngineCommand implements Callable<Integer> {
    private static final int SPACES_MAX = 4;

    @ParentCommand
    private BenchCommand bench;

    @Option(
            names = "--size",
            defaultValue = "64",
            description = "Layout: 64, 128, 256, 512 or 1024 pixels. Default: ${DEFAULT-VALUE}")
    private int size;

    @Option(names = "--batch", defaultValue = "1", description = "Images in one program. Default: ${DEFAULT-VALUE}")
    private int batch;

    @Option(
            names = "--spaces",
            defaultValue = "4",
            description = "Feature spaces with a delta, coarsest first. Default: ${DEFAULT-VALUE}")
    private int spaces;

    @Option(names = "--threads", defaultValue = "2", description = "Threads. Default: ${DEFAULT-VALUE}")
    private int threads;

    @Option(
            names = "--waiting",
            defaultValue = "SPIN",
            description =
                    "What threads do while they wait for each other: ${COMPLETION-CANDIDATES}. SPIN needs a machine that"
                            + " does nothing else. Default: ${DEFAULT-VALUE}")
    private Waiting waiting;

    @Option(names = "--blocks", defaultValue = "10", description = "Timed blocks of steps. Default: ${DEFAULT-VALUE}")
    private int blocks;

    @Option(names = "--steps", defaultValue = "3", description = "Steps in each block. Default: ${DEFAULT-VALUE}")
    private int steps;

    @Option(
            names = "--peer",
            description = "Alternate with bench/peer/torch_step.py, which needs Debian's python3-torch.")
    private boolean peer;

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
        if (spaces < 0 || spaces > SPACES_MAX) {
            throw new JobFailure.Rejected("parameter-out-of-range", "--spaces is 0 to 4, not " + spaces);
        }
        if (peer && (batch != 1 || spaces != SPACES_MAX || size == 128 || size == 1024)) {
            throw new JobFailure.Rejected(
                    "parameter-out-of-range", "--peer takes one image of 64, 256 or 512 pixels and all four spaces");
        }
        if (batch < 1 || threads < 1 || blocks < 1 || steps < 1) {
            throw new JobFailure.Rejected(
                    "parameter-out-of-range", "--batch, --threads, --blocks and --steps are at least 1");
        }
        Console console = bench.console();
        Optional<Path> script =
                peer ? Optional.of(bench.home().root().resolve("bench/peer/torch_step.py")) : Optional.empty();
        EngineBenchmark.Result result = new EngineBenchmark(
                        System::nanoTime, line -> console.err().println(line))
                .run(new EngineBenchmark.Plan(size, batch, spaces, threads, waiting, blocks, steps, script));
        ObjectNode node = ResultJson.of(result, Machine.here());
        if (out != null) {
            JsonFile.write(out, node);
        }
        print(console, result);
        if (json) {
            console.out().println(node);
        }
        return ExitCode.SUCCESS;
    }

    private static void print(Console console, EngineBenchmark.Result result) {
        console.out()
                .println(String.format(
                        Locale.ROOT,
                        "%d px, batch %d, %d threads: %.4f s/step (%.4f to %.4f)",
                        result.plan().size(),
                        result.plan().batch(),
                        result.plan().threads(),
                        result.secondsPerStep(),
                        result.fastest(),
                        result.slowest()));
        console.out()
                .println(String.format(
                        Locale.ROOT,
                        "useful work %.0f GFLOP/s, %.0f %% of the processor's %.0f GFLOP/s",
                        result.gigaflops(),
                        100 * result.gigaflops() / result.gemmPeakGigaflops(),
                        result.gemmPeakGigaflops()));
        result.ratio()
                .ifPresent(ratio -> console.out()
                        .println(String.format(
                                Locale.ROOT,
                                "peer %.4f s/step: we take %.3f of its time",
                                result.peerSecondsPerStep().orElseThrow(),
                                ratio)));
        console.out()
                .println(String.format(
                        Locale.ROOT,
                        "peak memory %.0f MiB, compiled in %.1f s; MiB by stage:",
                        result.peakMebibytes(),
                        result.compileSeconds()));
        result.memory()
                .forEach(stage -> console.out()
                        .println(String.format(
                                Locale.ROOT,
                                "  %-14s peak %.0f, at its end %.0f, of these Java's heap %.0f and tensors %.0f",
                                stage.name(),
                                stage.peak(),
                                stage.resident(),
                                stage.heap(),
                                stage.direct())));
    }
}
