package org.saminversion.standalone.cli.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.saminversion.bench.EngineBenchmark;
import org.saminversion.bench.Machine;
import org.saminversion.bench.ResultJson;
import org.saminversion.inversion.failure.JobFailure;
import org.saminversion.standalone.cli.frame.Console;
import org.saminversion.standalone.cli.frame.ExitCode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
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

    @Mixin
    private StepTimingOptions timing;

    @Option(names = "--batch", defaultValue = "1", description = "Images in one program. Default: ${DEFAULT-VALUE}")
    private int batch;

    @Option(
            names = "--spaces",
            defaultValue = "4",
            description = "Feature spaces with a delta, coarsest first. Default: ${DEFAULT-VALUE}")
    private int spaces;

    @Option(
            names = "--peer",
            description = "Alternate with bench/peer/torch_step.py, which needs Debian's python3-torch.")
    private boolean peer;

    @Override
    public Integer call() {
        timing.check();
        if (spaces < 0 || spaces > SPACES_MAX) {
            throw new JobFailure.Rejected("parameter-out-of-range", "--spaces is 0 to 4, not " + spaces);
        }
        if (peer && (batch != 1 || spaces != SPACES_MAX || timing.size() == 128 || timing.size() == 1024)) {
            throw new JobFailure.Rejected(
                    "parameter-out-of-range", "--peer takes one image of 64, 256 or 512 pixels and all four spaces");
        }
        if (batch < 1) {
            throw new JobFailure.Rejected("parameter-out-of-range", "--batch is at least 1, not " + batch);
        }
        Console console = bench.console();
        Optional<Path> script =
                peer ? Optional.of(bench.home().root().resolve("bench/peer/torch_step.py")) : Optional.empty();
        EngineBenchmark.Result result = new EngineBenchmark(
                        System::nanoTime, line -> console.err().println(line))
                .run(new EngineBenchmark.Plan(
                        timing.size(),
                        batch,
                        spaces,
                        timing.threads(),
                        timing.waiting(),
                        timing.blocks(),
                        timing.stepsPerBlock(),
                        script));
        ObjectNode node = ResultJson.of(result, Machine.here());
        timing.keep(node);
        print(console, result);
        timing.print(node, console);
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
