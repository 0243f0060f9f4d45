package org.saminversion.standalone.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.saminversion.bench.EngineBenchmark;
import org.saminversion.inversion.failure.JobFailure;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** Seconds per optimisation step. */
@Command(
        name = "engine",
        description = "Time optimisation steps with random weights; --peer alternates with the same step in PyTorch.")
final class BenchEngineCommand implements Callable<Integer> {
    @ParentCommand
    private BenchCommand bench;

    @Option(
            names = "--size",
            defaultValue = "64",
            description = "Layout: 512, 256 or 64 pixels. Default: ${DEFAULT-VALUE}")
    private int size;

    @Option(names = "--batch", defaultValue = "1", description = "Images in one program. Default: ${DEFAULT-VALUE}")
    private int batch;

    @Option(names = "--threads", defaultValue = "2", description = "Threads. Default: ${DEFAULT-VALUE}")
    private int threads;

    @Option(names = "--blocks", defaultValue = "10", description = "Timed blocks of steps. Default: ${DEFAULT-VALUE}")
    private int blocks;

    @Option(names = "--steps", defaultValue = "3", description = "Steps in each block. Default: ${DEFAULT-VALUE}")
    private int steps;

    @Option(
            names = "--peer",
            description = "Alternate with bench/peer/torch_step.py, which needs Debian's python3-torch.")
    private boolean peer;

    @Option(names = "--json", description = "Print the result as one line of JSON.")
    private boolean json;

    @Option(names = "--out", paramLabel = "FILE", description = "Write the result as JSON, with the machine.")
    private Path out;

    @Override
    public Integer call() {
        if (size != 512 && size != 256 && size != 64) {
            throw new JobFailure.Rejected("parameter-out-of-range", "--size is 512, 256 or 64, not " + size);
        }
        if (batch < 1 || threads < 1 || blocks < 1 || steps < 1) {
            throw new JobFailure.Rejected(
                    "parameter-out-of-range", "--batch, --threads, --blocks and --steps are at least 1");
        }
        Console console = bench.sam().console();
        Optional<Path> script =
                peer ? Optional.of(bench.sam().home().root().resolve("bench/peer/torch_step.py")) : Optional.empty();
        EngineBenchmark.Result result = new EngineBenchmark(
                        System::nanoTime, line -> console.err().println(line))
                .run(new EngineBenchmark.Plan(size, batch, threads, blocks, steps, script));
        ObjectNode node = node(result);
        if (out != null) {
            JsonFile.write(out, node);
        }
        if (json) {
            console.out().println(node);
        } else {
            print(console, result);
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
                        "peak memory %.0f MiB, compiled in %.1f s",
                        result.peakMebibytes(),
                        result.compileSeconds()));
    }

    private static ObjectNode node(EngineBenchmark.Result result) {
        ObjectNode node = new ObjectMapper().createObjectNode();
        node.put("size", result.plan().size());
        node.put("batch", result.plan().batch());
        node.put("threads", result.plan().threads());
        node.put("blocks", result.plan().blocks());
        node.put("steps_per_block", result.plan().stepsPerBlock());
        node.put("seconds_per_step", result.secondsPerStep());
        node.put("seconds_per_step_min", result.fastest());
        node.put("seconds_per_step_max", result.slowest());
        result.peerSecondsPerStep().ifPresent(value -> node.put("peer_seconds_per_step", value));
        result.ratio().ifPresent(value -> node.put("ratio", value));
        node.put("gflops", result.gigaflops());
        node.put("gemm_peak_gflops", result.gemmPeakGigaflops());
        node.put("peak_rss_mib", result.peakMebibytes());
        result.peerPeakMebibytes().ifPresent(value -> node.put("peer_peak_rss_mib", value));
        node.put("compile_seconds", result.compileSeconds());
        node.put("processors", Runtime.getRuntime().availableProcessors());
        node.put("java", System.getProperty("java.version"));
        node.put("system", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
        return node;
    }
}
