package org.saminversion.standalone.cli.bench.service;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.saminversion.bench.service.HeadlessBrowser;
import org.saminversion.bench.service.ServiceMetrics;
import org.saminversion.standalone.cli.frame.Console;
import org.saminversion.standalone.cli.frame.ExitCode;
import org.saminversion.standalone.cli.frame.JsonFile;
import org.saminversion.standalone.cli.frame.ScratchFolder;
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
                        + " painted and what it transfers; then let jobs run and compare, by turns, what the process"
                        + " computes with and without an open page of jobs, and, if asked, keep the page open for long.")
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
            names = "--pairs",
            defaultValue = "8",
            description = "How often to watch running jobs without a page and with one; 0 for not at all. Default:"
                    + " ${DEFAULT-VALUE}")
    private int pairs;

    @Option(
            names = "--seconds",
            defaultValue = "15",
            description = "How long to watch each time. Default: ${DEFAULT-VALUE}")
    private int seconds;

    @Option(
            names = "--warm-up-seconds",
            defaultValue = "60",
            description = "How long the page is open before anything is watched, for the compiler. Default:"
                    + " ${DEFAULT-VALUE}")
    private int warmUpSeconds;

    @Option(
            names = "--minutes",
            defaultValue = "0",
            description = "Then keep a page open for so long, and look each minute whether it or the service grows."
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
        // The jobs have no workers: nothing may give them back or look for their messages.
        System.setProperty("sam.sweeper.pause", "P1D");
        try (ScratchFolder folder = ScratchFolder.create();
                ScratchFolder profile = ScratchFolder.create();
                Service running = Service.start(
                        ServeOptions.onLoopback(folder.path(), 0, service.home().models()));
                OperatorDatabase database = OperatorDatabase.ofFolder(folder.path());
                HeadlessBrowser chromium = HeadlessBrowser.start(browser, profile.path())) {
            DashboardLoad load = database.dashboardLoad();
            load.addEnded(jobs);
            ObjectNode node = ServiceMeasurement.node();
            firstViews(service.console(), chromium, running.address().resolve("/dashboard"), node);
            load.addLive(liveJobs);
            MovingJobs moving = new MovingJobs(load);
            URI page = running.address().resolve("/dashboard/jobs");
            warmUp(moving, chromium, page);
            if (pairs > 0) {
                PageCost cost = PageCost.measure(moving, chromium, page, pairs, seconds);
                service.console().out().println(liveJobs + " live jobs, " + cost.toText());
                node.put("live_jobs", liveJobs);
                cost.write(node.putObject("cost"));
            }
            keep(node);
            if (minutes > 0) {
                HeadlessBrowser.Tab tab = chromium.open(page);
                soak(
                        new PageSoak(moving, chromium, new ServiceMetrics(running.address()), service.console()),
                        tab,
                        node);
            }
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

    private void warmUp(MovingJobs moving, HeadlessBrowser chromium, URI page) throws Exception {
        HeadlessBrowser.Tab tab = chromium.open(page);
        moving.cores(warmUpSeconds);
        chromium.close(tab);
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
