package org.saminversion.standalone.cli.bench.service;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.saminversion.bench.service.LoadReport;
import org.saminversion.bench.service.SubmissionsBenchmark;
import org.saminversion.inversion.failure.JobFailure;
import org.saminversion.standalone.cli.frame.Console;
import org.saminversion.standalone.cli.frame.ExitCode;
import org.saminversion.standalone.cli.frame.JsonFile;
import org.saminversion.standalone.cli.frame.ScratchFolder;
import org.saminversion.standalone.serve.ServeOptions;
import org.saminversion.standalone.serve.Service;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** Submissions each second. */
@Command(
        name = "submissions",
        description = "Submit 64-px images to the whole service in this process, with durable commits and without"
                + " workers, and watch latency and heap.")
final class BenchSubmissionsCommand implements Callable<Integer> {
    /** Nobody sends to it, so that workers that listen to it have nothing to do. */
    private static final String IDLE_TOPIC = "sam.idle";

    @ParentCommand
    private BenchServiceCommand service;

    @Option(names = "--jobs", defaultValue = "100000", description = "Jobs to submit. Default: ${DEFAULT-VALUE}")
    private int jobs;

    @Option(
            names = "--callers",
            defaultValue = "16",
            description = "Callers, each of whom submits the next when the last is answered. Default: ${DEFAULT-VALUE}")
    private int callers;

    @Option(names = "--workers", description = "Let the workers invert what comes in meanwhile.")
    private boolean workers;

    @Option(names = "--out", paramLabel = "FILE", description = "Write the result as JSON, with the machine.")
    private Path out;

    @Override
    public Integer call() throws Exception {
        if (jobs < 10 || callers < 1) {
            throw new JobFailure.Rejected("parameter-out-of-range", "--jobs is at least 10 and --callers at least 1");
        }
        System.setProperty("sam.limits.requests-per-second", "1000000");
        System.setProperty("sam.limits.request-burst", "1000000");
        if (!workers) {
            System.setProperty("mp.messaging.incoming.segmenter-jobs.topic", IDLE_TOPIC);
            System.setProperty("mp.messaging.incoming.gpu-jobs.topic", IDLE_TOPIC);
        }
        try (ScratchFolder folder = ScratchFolder.create();
                Service running = Service.start(
                        ServeOptions.onLoopback(folder.path(), 0, service.home().models()))) {
            SubmissionsBenchmark.Result result = new SubmissionsBenchmark(
                            System::nanoTime, BenchSubmissionsCommand::heapBytes, service.console()::note)
                    .run(new SubmissionsBenchmark.Plan(running.address(), jobs, callers));
            print(service.console(), result);
            if (out != null) {
                JsonFile.write(out, node(result));
            }
            return result.isComplete() ? ExitCode.SUCCESS : ExitCode.FAILURE;
        }
    }

    private static long heapBytes() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    private static void print(Console console, SubmissionsBenchmark.Result result) {
        LoadReport load = result.load();
        console.out()
                .println(String.format(
                        Locale.ROOT,
                        "%d jobs by %d callers: %.0f/s, p50 %.1f ms, p99 %.1f ms, slowest %.0f ms, statuses %s",
                        result.plan().jobs(),
                        result.plan().callers(),
                        load.perSecond(),
                        load.latencyMs(0.5),
                        load.latencyMs(0.99),
                        load.latencyMs(1),
                        load.statuses()));
        console.out()
                .println(String.format(
                        Locale.ROOT,
                        "heap after collections: %.0f MiB at first, %.0f MiB at the end",
                        result.heapMebibytes().get(0),
                        result.heapMebibytes().get(result.heapMebibytes().size() - 1)));
    }

    private static ObjectNode node(SubmissionsBenchmark.Result result) {
        LoadReport load = result.load();
        ObjectNode node = ServiceMeasurement.node();
        node.put("jobs", result.plan().jobs());
        node.put("callers", result.plan().callers());
        node.put("per_second", load.perSecond());
        node.put("p50_ms", load.latencyMs(0.5));
        node.put("p99_ms", load.latencyMs(0.99));
        node.put("max_ms", load.latencyMs(1));
        node.putPOJO("statuses", load.statuses());
        node.putPOJO("heap_mib", result.heapMebibytes());
        return node;
    }
}
