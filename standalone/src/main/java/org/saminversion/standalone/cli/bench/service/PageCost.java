package org.saminversion.standalone.cli.bench.service;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import org.saminversion.bench.comparison.Estimate;
import org.saminversion.bench.service.HeadlessBrowser;

/**
 * What an open page adds to what the process of its service computes. Windows without the page and with it take turns, so that what
 * the machine and the compiler do meanwhile weighs on both alike.
 */
final class PageCost {
    /** Before each window: what the opening of the page costs is not counted. */
    private static final int SETTLE_SECONDS = 3;

    private final List<Pair> pairs = new ArrayList<>();

    /** @param without cores that the process used while no page was open @param with likewise with the page */
    private record Pair(double without, double with) {
        double difference() {
            return with - without;
        }
    }

    /** Measures in pairs of windows, of which every other one begins with the page. @param seconds of a window */
    static PageCost measure(MovingJobs jobs, HeadlessBrowser chromium, URI page, int pairs, int seconds)
            throws IOException, InterruptedException {
        PageCost cost = new PageCost();
        for (int i = 0; i < pairs; i++) {
            if (i % 2 == 0) {
                double without = without(jobs, seconds);
                cost.pairs.add(new Pair(without, with(jobs, chromium, page, seconds)));
            } else {
                double with = with(jobs, chromium, page, seconds);
                cost.pairs.add(new Pair(without(jobs, seconds), with));
            }
        }
        return cost;
    }

    private static double without(MovingJobs jobs, int seconds) throws InterruptedException {
        jobs.cores(SETTLE_SECONDS);
        return jobs.cores(seconds);
    }

    private static double with(MovingJobs jobs, HeadlessBrowser chromium, URI page, int seconds)
            throws IOException, InterruptedException {
        HeadlessBrowser.Tab tab = chromium.open(page);
        try {
            jobs.cores(SETTLE_SECONDS);
            return jobs.cores(seconds);
        } finally {
            chromium.close(tab);
        }
    }

    String toText() {
        return String.format(
                Locale.ROOT,
                "in %% of a core, %d pairs of windows: the process without a page %s, with one %s, for the page %s",
                pairs.size(),
                inPercent(Pair::without).toText(1),
                inPercent(Pair::with).toText(1),
                inPercent(Pair::difference).toText(2));
    }

    void write(ObjectNode node) {
        write(node, "without_page", Pair::without);
        write(node, "with_page", Pair::with);
        write(node, "of_page", Pair::difference);
        ArrayNode each = node.putArray("pairs");
        pairs.forEach(pair -> each.addObject().put("without_page", pair.without).put("with_page", pair.with));
    }

    private void write(ObjectNode node, String name, ToDoubleFunction<Pair> cores) {
        Estimate estimate = estimate(cores);
        node.putObject(name).put("cores_mean", estimate.mean()).put("cores_standard_error", estimate.standardError());
    }

    private Estimate inPercent(ToDoubleFunction<Pair> cores) {
        return estimate(pair -> 100 * cores.applyAsDouble(pair));
    }

    private Estimate estimate(ToDoubleFunction<Pair> cores) {
        return Estimate.of(pairs.stream().mapToDouble(cores).boxed().toList());
    }
}
