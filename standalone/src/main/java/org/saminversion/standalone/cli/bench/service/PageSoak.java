package org.saminversion.standalone.cli.bench.service;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import org.saminversion.bench.service.HeadlessBrowser;
import org.saminversion.bench.service.PageFootprint;
import org.saminversion.bench.service.ServiceMetrics;
import org.saminversion.standalone.cli.frame.Console;

/** Keeps a page open for long, and looks each minute whether it or its service grows. */
final class PageSoak {
    private static final int SECONDS = 60;
    private static final double MIB = 1 << 20;

    private final MovingJobs jobs;
    private final HeadlessBrowser chromium;
    private final ServiceMetrics metrics;
    private final Console console;
    private final List<Minute> minutes = new ArrayList<>();

    PageSoak(MovingJobs jobs, HeadlessBrowser chromium, ServiceMetrics metrics, Console console) {
        this.jobs = jobs;
        this.chromium = chromium;
        this.metrics = metrics;
        this.console = console;
    }

    /**
     * @param seconds that it really took: more than a minute where the machine stood still
     * @param cores of the process of the service
     * @param heapMib of the service after a collection
     * @param openPages that the service keeps up to date
     */
    private record Minute(double seconds, double cores, double heapMib, int openPages, PageFootprint page) {
        double pageMib() {
            return page.scriptHeapBytes() / MIB;
        }

        void write(ObjectNode node) {
            node.put("seconds", rounded(seconds));
            node.put("cores", rounded(cores));
            node.put("heap_mib", rounded(heapMib));
            node.put("open_pages", openPages);
            node.put("page_heap_mib", rounded(pageMib()));
            node.put("page_nodes", page.nodes());
            node.put("page_listeners", page.listeners());
        }
    }

    /** Watches one more minute, and writes all minutes so far. */
    void watchMinute(HeadlessBrowser.Tab tab, ObjectNode node) throws IOException, InterruptedException {
        long begin = System.nanoTime();
        double cores = jobs.cores(SECONDS);
        double seconds = (System.nanoTime() - begin) / (double) TimeUnit.SECONDS.toNanos(1);
        minutes.add(new Minute(
                seconds,
                cores,
                heapAfterCollection() / MIB,
                (int) metrics.value("sam_pages_open"),
                chromium.footprint(tab)));
        write(node);
        tellMinute();
    }

    private void tellMinute() {
        Minute latest = minutes.get(minutes.size() - 1);
        console.out()
                .println(String.format(
                        Locale.ROOT,
                        "minute %d: %.1f %% of a core, heap %.1f MiB, %d open page(s); in the browser %.2f MiB, %d nodes",
                        minutes.size(),
                        100 * latest.cores,
                        latest.heapMib,
                        latest.openPages,
                        latest.pageMib(),
                        latest.page.nodes()));
    }

    private void write(ObjectNode node) {
        node.put("cores_mean", rounded(mean(minutes, Minute::cores)));
        growth(node, "heap_mib", Minute::heapMib);
        growth(node, "page_heap_mib", Minute::pageMib);
        growth(node, "page_nodes", minute -> minute.page.nodes());
        node.put(
                "open_pages_max",
                minutes.stream().mapToInt(Minute::openPages).max().orElse(0));
        ArrayNode each = node.putArray("minutes");
        minutes.forEach(minute -> minute.write(each.addObject()));
    }

    /** Means of the first and of the last quarter: what grows differs in them. */
    private void growth(ObjectNode node, String name, ToDoubleFunction<Minute> value) {
        int quarter = (minutes.size() + 3) / 4;
        node.put(name + "_first_quarter", rounded(mean(minutes.subList(0, quarter), value)));
        node.put(
                name + "_last_quarter",
                rounded(mean(minutes.subList(minutes.size() - quarter, minutes.size()), value)));
    }

    private static double mean(List<Minute> minutes, ToDoubleFunction<Minute> value) {
        return minutes.stream().mapToDouble(value).average().orElse(0);
    }

    private static long heapAfterCollection() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    private static double rounded(double value) {
        return Math.round(1000 * value) / 1000.0;
    }
}
