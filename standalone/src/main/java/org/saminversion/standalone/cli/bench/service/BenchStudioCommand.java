package org.saminversion.standalone.cli.bench.service;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.saminversion.bench.service.HeadlessBrowser;
import org.saminversion.bench.service.StudioBenchmark;
import org.saminversion.standalone.cli.frame.Console;
import org.saminversion.standalone.cli.frame.ScratchFolder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** How soon a slider of the edit studio is answered. */
@Command(
        name = "studio",
        description =
                "Invert a picture with the whole service in this process, open it in the edit studio in Chromium, and watch how"
                        + " long it takes from the move of a slider to new pixels.")
final class BenchStudioCommand implements Callable<Integer> {
    @ParentCommand
    private BenchServiceCommand service;

    @Option(names = "--moves", defaultValue = "200", description = "Moves to measure. Default: ${DEFAULT-VALUE}")
    private int moves;

    @Option(names = "--direction", defaultValue = "smile", description = "What to edit. Default: ${DEFAULT-VALUE}")
    private String direction;

    @Option(
            names = "--browser",
            paramLabel = "FILE",
            defaultValue = "/usr/bin/chromium",
            description = "Chromium's program. Default: ${DEFAULT-VALUE}")
    private Path browser;

    @Mixin
    private ServiceMeasurement measurement;

    @Override
    public Integer call() throws Exception {
        byte[] image = Files.readAllBytes(service.home().samples().resolve("face.png"));
        return measurement.run(service, "--moves", moves, address -> measure(service.console(), address, image));
    }

    private ObjectNode measure(Console console, URI address, byte[] image) throws Exception {
        try (ScratchFolder profile = ScratchFolder.create();
                HeadlessBrowser chromium = HeadlessBrowser.start(browser, profile.path())) {
            StudioBenchmark.Result result =
                    new StudioBenchmark(chromium).run(new StudioBenchmark.Plan(address, image, direction, moves));
            console.out()
                    .println(String.format(
                            Locale.ROOT,
                            "%d moves of a slider to new pixels: p50 %.0f ms, p95 %.0f ms, slowest %.0f ms",
                            moves,
                            result.latencyMs(0.5),
                            result.latencyMs(0.95),
                            result.latencyMs(1)));
            ObjectNode node = ServiceMeasurement.node();
            node.put("moves", moves);
            node.put("direction", direction);
            node.put("p50_ms", result.latencyMs(0.5));
            node.put("p95_ms", result.latencyMs(0.95));
            node.put("max_ms", result.latencyMs(1));
            return node;
        }
    }
}
