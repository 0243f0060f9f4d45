package org.saminversion.standalone.cli.bench.service;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.saminversion.bench.service.TrialCatalogue;
import org.saminversion.inversion.failure.JobFailure;
import org.saminversion.standalone.cli.batch.BatchClient;
import org.saminversion.standalone.cli.batch.Patience;
import org.saminversion.standalone.cli.frame.Console;
import org.saminversion.standalone.cli.frame.ExitCode;
import org.saminversion.standalone.cli.frame.JsonFile;
import org.saminversion.standalone.cli.frame.ScratchFolder;
import org.saminversion.standalone.serve.ServeOptions;
import org.saminversion.standalone.serve.Service;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** Upload and check of a catalogue. */
@Command(
        name = "batch",
        description =
                "Upload a catalogue of 64-px images to the whole service in this process, without workers, and watch"
                        + " how long it takes until all its lines are checked, and the heap.")
final class BenchBatchCommand implements Callable<Integer> {
    /** Nobody sends to it, so that workers that listen to it have nothing to do. */
    private static final String IDLE_TOPIC = "sam.idle";

    private static final List<String> WORKERS_CHANNELS =
            List.of("segmenter-jobs", "segmenter-bulk-jobs", "gpu-jobs", "gpu-bulk-jobs");

    private static final long SEED = 6;

    @ParentCommand
    private BenchServiceCommand service;

    @Option(names = "--items", defaultValue = "10000", description = "Good lines. Default: ${DEFAULT-VALUE}")
    private int items;

    @Option(
            names = "--wrong",
            defaultValue = "100",
            description = "Lines among them that must be refused. Default: ${DEFAULT-VALUE}")
    private int wrong;

    @Option(names = "--out", paramLabel = "FILE", description = "Write the result as JSON, with the machine.")
    private Path out;

    @Override
    public Integer call() throws Exception {
        if (items < 1 || wrong < 0) {
            throw new JobFailure.Rejected("parameter-out-of-range", "--items is at least 1 and --wrong at least 0");
        }
        WORKERS_CHANNELS.forEach(
                channel -> System.setProperty("mp.messaging.incoming." + channel + ".topic", IDLE_TOPIC));
        try (ScratchFolder folder = ScratchFolder.create()) {
            Path archive = folder.path().resolve("catalogue.zip");
            new TrialCatalogue(items, wrong, SEED).write(archive);
            try (Service running = Service.start(ServeOptions.onLoopback(
                    folder.path().resolve("data"), 0, service.home().models()))) {
                BatchClient client = new BatchClient(running.address(), Optional.empty(), Patience.ONE_MINUTE);
                BatchTrial.Result result = new BatchTrial(client, System::nanoTime).run(archive);
                report(service.console(), result);
                return result.items() == items && result.rejected() == wrong ? ExitCode.SUCCESS : ExitCode.FAILURE;
            }
        }
    }

    private void report(Console console, BatchTrial.Result result) {
        console.out()
                .println(String.format(
                        Locale.ROOT,
                        "%d items and %d refused lines, %.0f MiB: uploaded in %.1f s, checked in %.1f s, together %.1f s",
                        result.items(),
                        result.rejected(),
                        result.uploadMebibytes(),
                        result.uploadSeconds(),
                        result.validationSeconds(),
                        result.seconds()));
        console.out()
                .println(String.format(
                        Locale.ROOT,
                        "heap of the whole process: at most %.0f MiB in use, %.0f MiB allowed",
                        result.heapPeakMebibytes(),
                        result.heapMaxMebibytes()));
        if (out != null) {
            ObjectNode node = ServiceMeasurement.node();
            node.setAll(result.toJson());
            JsonFile.write(out, node);
        }
    }
}
