package org.saminversion.bench.service;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * How long it takes from the move of a slider in the edit studio to new pixels. The page measures it: from the slider's event to the
 * frame in which the decoded picture is shown.
 */
public final class StudioBenchmark {
    private static final int WARM_UP_MOVES = 20;
    private static final int POLL_MS = 100;
    private static final int POLLS_MAX = 300;
    private static final double STEP = 0.05;
    /** Positions of the slider on one side of 0, where nothing needs to be rendered. */
    private static final int POSITIONS = 38;

    private static final String READY = "document.querySelector('#threshold[data-ready]') !== null";
    private static final String MOVE = """
            new Promise((resolve) => {
              const took = document.getElementById("took");
              const slider = document.getElementById("strength-%s");
              new MutationObserver((changes, observer) => {
                observer.disconnect();
                resolve(Number(took.dataset.ms));
              }).observe(took, { attributes: true });
              slider.value = %.2f;
              slider.dispatchEvent(new Event("input"));
            })""";

    private final HeadlessBrowser browser;

    public StudioBenchmark(HeadlessBrowser browser) {
        this.browser = browser;
    }

    /** @param direction one of the bundle's */
    public record Plan(URI service, byte[] image, String direction, int moves) {}

    /** @param sortedMs of each move */
    public record Result(double[] sortedMs) {
        /** @param share from 0 for the quickest to 1 for the slowest */
        public double latencyMs(double share) {
            return sortedMs[(int) Math.round(share * (sortedMs.length - 1))];
        }
    }

    /** One move after another, each to another position. */
    public Result run(Plan plan) throws IOException, InterruptedException {
        JobClient client = new JobClient(plan.service);
        URI inversion = client.submit(plan.image, Map.of("method", "sam", "steps", "20"));
        client.awaitSuccess(inversion);
        String id = inversion.getPath().substring(inversion.getPath().lastIndexOf('/') + 1);
        HeadlessBrowser.Tab tab = browser.open(plan.service.resolve("/dashboard/jobs/" + id + "/studio"));
        awaitReady(tab);
        for (int move = 0; move < WARM_UP_MOVES; move++) {
            move(tab, plan, move);
        }
        double[] ms = new double[plan.moves];
        for (int move = 0; move < ms.length; move++) {
            ms[move] = move(tab, plan, move);
        }
        browser.close(tab);
        Arrays.sort(ms);
        return new Result(ms);
    }

    private double move(HeadlessBrowser.Tab tab, Plan plan, int number) throws IOException, InterruptedException {
        double strength = STEP * (1 + number % POSITIONS);
        JsonNode ms = browser.evaluate(tab, String.format(Locale.ROOT, MOVE, plan.direction, strength));
        return ms.asDouble();
    }

    private void awaitReady(HeadlessBrowser.Tab tab) throws IOException, InterruptedException {
        for (int poll = 0; poll < POLLS_MAX; poll++) {
            if (browser.evaluate(tab, READY).asBoolean()) {
                return;
            }
            new CountDownLatch(1).await(POLL_MS, TimeUnit.MILLISECONDS);
        }
        throw new IOException("the studio did not become ready");
    }
}
