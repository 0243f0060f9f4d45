package org.saminversion.standalone.cli.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.saminversion.bench.CostStudy;
import org.saminversion.inversion.failure.JobFailure;
import org.saminversion.standalone.cli.frame.ExitCode;
import org.saminversion.standalone.cli.frame.JsonFile;
import org.saminversion.standalone.cli.frame.TextFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** How seconds per step and memory grow. */
@Command(
        name = "cost",
        description =
                "Measure how seconds per step and memory grow with image size, images in one program, feature spaces"
                        + " and threads; takes minutes, and goes on where it was stopped with --resume.")
final class BenchCostCommand implements Callable<Integer> {
    private static final ObjectMapper JSON = new ObjectMapper();

    @ParentCommand
    private BenchCommand bench;

    @Option(
            names = "--blocks",
            defaultValue = "3",
            description = "Timed steps of each measurement. Default: ${DEFAULT-VALUE}")
    private int blocks;

    @Option(names = "--out", paramLabel = "FILE", description = "Write all measurements as JSON, after each of them.")
    private Path out;

    @Option(names = "--resume", description = "Keep the measurements that the file of --out holds already.")
    private boolean resume;

    @Option(names = "--plot", paramLabel = "FILE", description = "Write a plot as SVG.")
    private Path plot;

    @Override
    public Integer call() {
        if (blocks < 1) {
            throw new JobFailure.Rejected("parameter-out-of-range", "--blocks is at least 1");
        }
        if (resume && out == null) {
            throw new JobFailure.Rejected("parameter-missing", "--resume needs --out, the file to go on with");
        }
        CostStudy study = new CostStudy(known(), this::measure, results -> {
            if (out != null) {
                JsonFile.write(out, JSON.valueToTree(results));
            }
        });
        if (plot != null) {
            TextFile.write(plot, study.plot());
        }
        bench.console().out().print(study.table());
        return ExitCode.SUCCESS;
    }

    private List<JsonNode> known() {
        if (!resume || !Files.exists(out)) {
            return List.of();
        }
        try {
            return List.copyOf(JSON.readTree(out.toFile()).valueStream().toList());
        } catch (IOException e) {
            throw new JobFailure.Rejected(
                    "results-unreadable", out + " does not hold measurements: " + e.getMessage(), e);
        }
    }

    /** In a process of its own: the peak of the memory is a process's. */
    private JsonNode measure(CostStudy.Point point) {
        bench.console().note("measuring " + point);
        List<String> command = new ArrayList<>(
                List.of(bench.home().root().toAbsolutePath().resolve("sam").toString(), "bench", "engine", "--json"));
        command.addAll(List.of("--size", Integer.toString(point.size())));
        command.addAll(List.of("--batch", Integer.toString(point.batch())));
        command.addAll(List.of("--spaces", Integer.toString(point.spaces())));
        command.addAll(List.of("--threads", Integer.toString(point.threads())));
        command.addAll(List.of("--blocks", Integer.toString(blocks), "--steps", "1"));
        try {
            Process process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            List<String> lines =
                    process.inputReader(StandardCharsets.UTF_8).lines().toList();
            if (process.waitFor() != 0 || lines.isEmpty()) {
                throw new JobFailure.Rejected(
                        "measurement-failed", String.join(" ", command) + " failed: its message stands above");
            }
            return JSON.readTree(lines.get(lines.size() - 1));
        } catch (IOException e) {
            throw new JobFailure.Transient(command.get(0) + " could not be started: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new JobFailure.Transient("the measurement was interrupted", e);
        }
    }
}
