package org.saminversion.standalone.cli.bench.service;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.nio.file.Files;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.saminversion.bench.service.EditsBenchmark;
import org.saminversion.bench.service.LoadReport;
import org.saminversion.standalone.cli.frame.Console;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** Further edits of a finished inversion. */
@Command(
        name = "edits",
        description =
                "Invert a picture with the whole service in this process, and watch how long further edits of it take"
                        + " from the request to the picture.")
final class BenchEditsCommand implements Callable<Integer> {
    @ParentCommand
    private BenchServiceCommand service;

    @Option(
            names = "--edits",
            defaultValue = "1000",
            description = "Edits to measure, after 200 more. Default: ${DEFAULT-VALUE}")
    private int edits;

    @Option(names = "--direction", defaultValue = "smile", description = "What to edit. Default: ${DEFAULT-VALUE}")
    private String direction;

    @Mixin
    private ServiceMeasurement measurement;

    @Override
    public Integer call() throws Exception {
        byte[] image = Files.readAllBytes(service.home().samples().resolve("face.png"));
        return measurement.run(service, "--edits", edits, address -> measure(service.console(), address, image));
    }

    private ObjectNode measure(Console console, URI address, byte[] image) throws Exception {
        EditsBenchmark.Result result =
                new EditsBenchmark(System::nanoTime).run(new EditsBenchmark.Plan(address, image, direction, edits));
        LoadReport load = result.load();
        console.out()
                .println(String.format(
                        Locale.ROOT,
                        "%d edits: p50 %.1f ms, p99 %.1f ms, slowest %.0f ms, statuses %s",
                        edits,
                        load.latencyMs(0.5),
                        load.latencyMs(0.99),
                        load.latencyMs(1),
                        load.statuses()));
        ObjectNode node = ServiceMeasurement.node();
        node.put("edits", edits);
        node.put("direction", direction);
        node.put("p50_ms", load.latencyMs(0.5));
        node.put("p99_ms", load.latencyMs(0.99));
        node.put("max_ms", load.latencyMs(1));
        node.putPOJO("statuses", load.statuses());
        return node;
    }
}
