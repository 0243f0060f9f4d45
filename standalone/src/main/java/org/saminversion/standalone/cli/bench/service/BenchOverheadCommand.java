package org.saminversion.standalone.cli.bench.service;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.nio.file.Files;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.saminversion.bench.service.OverheadBenchmark;
import org.saminversion.standalone.cli.frame.Console;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** What the service adds to a job. */
@Command(
        name = "overhead",
        description = "Submit one job after another to the whole service in this process, and watch how long each takes"
                + " from its submission to its first optimisation step, without its map.")
final class BenchOverheadCommand implements Callable<Integer> {
    @ParentCommand
    private BenchServiceCommand service;

    @Option(names = "--jobs", defaultValue = "50", description = "Jobs to measure. Default: ${DEFAULT-VALUE}")
    private int jobs;

    @Option(names = "--method", defaultValue = "sam", description = "How to invert. Default: ${DEFAULT-VALUE}")
    private String method;

    @Mixin
    private ServiceMeasurement measurement;

    @Override
    public Integer call() throws Exception {
        byte[] image = Files.readAllBytes(service.home().samples().resolve("face.png"));
        return measurement.run(service, "--jobs", jobs, address -> measure(service.console(), address, image));
    }

    private ObjectNode measure(Console console, URI address, byte[] image) throws Exception {
        OverheadBenchmark.Result result =
                new OverheadBenchmark(System::nanoTime).run(new OverheadBenchmark.Plan(address, image, method, jobs));
        console.out()
                .println(String.format(
                        Locale.ROOT,
                        "%d jobs of method %s: p50 %.1f ms, p99 %.1f ms, slowest %.0f ms to the first step,"
                                + " without %.0f ms for the map and %.1f ms for the step",
                        jobs,
                        method,
                        result.overheadMs(0.5),
                        result.overheadMs(0.99),
                        result.overheadMs(1),
                        result.mapMs(),
                        result.stepMs()));
        ObjectNode node = ServiceMeasurement.node();
        node.put("jobs", jobs);
        node.put("method", method);
        node.put("overhead_p50_ms", result.overheadMs(0.5));
        node.put("overhead_p99_ms", result.overheadMs(0.99));
        node.put("overhead_max_ms", result.overheadMs(1));
        node.put("map_ms", result.mapMs());
        node.put("step_ms", result.stepMs());
        return node;
    }
}
