package org.saminversion.standalone.cli.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.Optional;
import org.saminversion.bench.BenchmarkLayout;
import org.saminversion.graph.Waiting;
import org.saminversion.inversion.failure.JobFailure;
import org.saminversion.standalone.cli.frame.Console;
import org.saminversion.standalone.cli.frame.JsonFile;
import picocli.CommandLine.Option;

/** What commands that time optimisation steps with random weights have in common. */
final class StepTimingOptions {
    @Option(
            names = "--size",
            defaultValue = "64",
            description = "Layout: 64, 128, 256, 512 or 1024 pixels. Default: ${DEFAULT-VALUE}")
    private int size;

    @Option(names = "--threads", defaultValue = "2", description = "Threads in all. Default: ${DEFAULT-VALUE}")
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

    @Option(names = "--json", description = "Print the result as JSON in the last line.")
    private boolean json;

    @Option(names = "--out", paramLabel = "FILE", description = "Write the result as JSON, with the machine.")
    private Optional<Path> out = Optional.empty();

    /** @throws JobFailure.Rejected if one of them is out of its range */
    void check() {
        if (!BenchmarkLayout.SIZES.contains(size)) {
            throw new JobFailure.Rejected(
                    "parameter-out-of-range", "--size is one of " + BenchmarkLayout.SIZES + ", not " + size);
        }
        if (threads < 1 || blocks < 1 || steps < 1) {
            throw new JobFailure.Rejected("parameter-out-of-range", "--threads, --blocks and --steps are at least 1");
        }
    }

    /** In pixels. */
    int size() {
        return size;
    }

    int threads() {
        return threads;
    }

    Waiting waiting() {
        return waiting;
    }

    int blocks() {
        return blocks;
    }

    int stepsPerBlock() {
        return steps;
    }

    /** Writes the result for programs; the table for people is printed between. */
    void keep(ObjectNode result) {
        out.ifPresent(file -> JsonFile.write(file, result));
    }

    /** Prints the result for programs, if that is asked for. */
    void print(ObjectNode result, Console console) {
        if (json) {
            console.out().println(result);
        }
    }
}
