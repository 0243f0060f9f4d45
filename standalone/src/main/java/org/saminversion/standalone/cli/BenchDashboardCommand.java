package org.saminversion.standalone.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.saminversion.bench.service.HeadlessBrowser;
import org.saminversion.bench.service.ServiceMetrics;
import org.saminversion.standalone.serve.DashboardLoad;
import org.saminversion.standalone.serve.OperatorDatabase;
import org.saminversion.standalone.serve.ServeOptions;
import org.saminversion.standalone.serve.Service;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** Pages of the dashboard in a browser. */
@Command(
        name = "dashboard",
        description =
                "Fill a service in this process with jobs that have ended, and watch in Chromium how soon the overview is"
                        + " painted and what it transfers; then let jobs run and compare what the process computes with and"
                        + " without an open page of jobs, and, if asked, for long.")
final class BenchDashboardCommand implements Callable<Integer> {
    private static final int WARM_UP = 3;

    @ParentCommand
    private BenchServiceCommand service;

    @Option(names = "--jobs", defaultValue = "100000", description = "Jobs in the store. Default: ${DEFAULT-VALUE}")
    private int jobs;

    @Option(names = "--live", defaultValue = "50", description = "Jobs that run. Default: ${DEFAULT-VALUE}")
    private int liveJobs;

    @Option(names = "--views", defaultValue = "9", description = "First views to take. Default: ${DEFAULT-VALUE}")
    private int views;

    @Option(
            names = "--seconds",
            defaultValue = "30",
            description = "How long to watch running jobs, without a page and with one. Default: ${DEFAULT-VALUE}")
    private int seconds;

    @Option(
            names = "--minutes",
            defaultValue = "0",
            description = "Then keep the page open for so long, and look each minute whether it or the service grows."
                    + " Default: ${DEFAULT-VALUE}")
    private int minutes;

    @Option(
            names = "--browser",
            paramLabel = "FILE",
            defaultValue = "/usr/bin/chromium",
            description = "Chromium's program. Default: ${DEFAULT-VALUE}")
    private Path browser;

    @Option(names = "--out", paramLabel = "FILE", description = "Write the result as JSON, with the machine.")
    private Path out;

    @Override
    public Integer call() throws Exception {
        Sam sam = service.sam();
        // The jobs have no workers: nothing may give them back or look for their messages.
        System.setProperty("sam.sweeper.pause", "P1D");
        try (ScratchFolder folder = ScratchFolder.create();
                ScratchFolder profile = ScratchFolder.create();
                Service running = Service.start(
                        ServeOptions.onLoopback(folder.path(), 0, sam.home().models()));
                OperatorDatabase database = OperatorDatabase.ofFolder(folder.path());
                HeadlessBrowser chromium = HeadlessBrowser.start(browser, profile.path())) {
            DashboardLoad load = database.dashboardLoad();
            load.addEnded(jobs);
            ObjectNode node = ServiceMeasurement.node();
            firstViews(sam.console(), chromium, running.address().resolve("/dashboard"), node);
            load.addLive(liveJobs);
            MovingJobs moving = new MovingJobs(load);
            moving.cores(seconds / 2);
            double alone = moving.cores(seconds);
            HeadlessBrowser.Tab tab = chromium.open(running.address().resolve("/dashboard/jobs"));
            moving.cores(seconds / 2);
            double watched = moving.cores(seconds);
            tell(sam.console(), node, alone, watched);
            soak(new PageSoak(moving, chromium, new ServiceMetrics(running.address()), sam.console()), tab, node);
            chromium.close(tab);
            if (minutes > 0) {
                node.put("cores_without_page_after", moving.cores(seconds));
            }
            keep(node);
        }
        return ExitCode.SUCCESS;
    }

    private void firstViews(Console console, HeadlessBrowser chromium, URI page, ObjectNode node) throws Exception {
        for (int i = 0; i < WARM_UP; i++) {
            chromium.view(page);
        }
        List<HeadlessBrowser.View> taken = new ArrayList<>();
        for (int i = 0; i < views; i++) {
            taken.add(chromium.view(page));
        }
        double[] paints = taken.stream()
                .mapToDouble(HeadlessBrowser.View::firstPaintMs)
                .sorted()
                .toArray();
        long bytes = taken.get(0).transferredBytes();
        console.out()
                .println(String.format(
                        Locale.ROOT,
                        "overview with %d jobs: first contentful paint %.0f ms (median of %d; slowest %.0f ms), %.1f KB",
                        jobs,
                        paints[paints.length / 2],
                        paints.length,
                        paints[paints.length - 1],
                        bytes / 1000.0));
        node.put("jobs", jobs);
        node.put("first_contentful_paint_ms_median", paints[paints.length / 2]);
        node.put("first_contentful_paint_ms_max", paints[paints.length - 1]);
        node.put("transferred_bytes", bytes);
    }

    private void tell(Console console, ObjectNode node, double alone, double watched) {
        console.out()
                .println(String.format(
                        Locale.ROOT,
                        "%d live jobs: the process takes %.1f %% of a core without a page, %.1f %% with one: %.1f %% for it",
                        liveJobs,
                        100 * alone,
                        100 * watched,
                        100 * (watched - alone)));
        node.put("live_jobs", liveJobs);
        node.put("cores_without_page", alone);
        node.put("cores_with_page", watched);
    }

    private void soak(PageSoak soak, HeadlessBrowser.Tab tab, ObjectNode node) throws Exception {
        for (int minute = 0; minute < minutes; minute++) {
            soak.watchMinute(tab, node.withObject("/soak"));
            keep(node);
        }
    }

    private void keep(ObjectNode node) {
        if (out != null) {
            JsonFile.write(out, node);
        }
    }
}
