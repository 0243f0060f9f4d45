package org.saminversion.bench.service;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Chromium without a window, for measuring pages. */
public final class HeadlessBrowser implements AutoCloseable {
    private static final Pattern ADDRESS = Pattern.compile("DevTools listening on (ws://\\S+)");
    private static final int POLL_MS = 50;
    private static final int POLLS_MAX = 400;

    /** Bytes as they came over the network, headers included; pictures of jobs are not counted. */
    private static final String FIGURES = """
            (() => {
              const paint = performance.getEntriesByName("first-contentful-paint")[0];
              if (!paint || document.readyState !== "complete") return null;
              const parts = [...performance.getEntriesByType("navigation"), ...performance.getEntriesByType("resource")];
              return JSON.stringify({
                paint: paint.startTime,
                bytes: parts.filter(part => !part.name.includes("/thumbnails/")).reduce((sum, part) => sum + part.transferSize, 0)
              });
            })()""";

    private final Process process;
    private final DevTools tools;

    private HeadlessBrowser(Process process, DevTools tools) {
        this.process = process;
        this.tools = tools;
    }

    /**
     * The first view of a page by somebody who has never been there.
     *
     * @param firstPaintMs from the click to the first contentful paint
     * @param transferredBytes of page, styles and scripts
     */
    public record View(double firstPaintMs, long transferredBytes) {}

    /** A page that stays open. */
    public record Tab(String target, String session) {}

    /**
     * @param program such as {@code /usr/bin/chromium}
     * @param profile an empty folder
     */
    public static HeadlessBrowser start(Path program, Path profile) throws IOException {
        Process process = new ProcessBuilder(
                        program.toString(),
                        "--headless=new",
                        "--no-sandbox",
                        "--disable-gpu",
                        "--disable-background-networking",
                        "--no-first-run",
                        "--remote-debugging-port=0",
                        "--user-data-dir=" + profile,
                        "about:blank")
                .redirectErrorStream(true)
                .start();
        BufferedReader output =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            Matcher matcher = ADDRESS.matcher(line);
            if (matcher.find()) {
                return new HeadlessBrowser(process, new DevTools(URI.create(matcher.group(1))));
            }
        }
        throw new IOException(program + " did not start");
    }

    public View view(URI page) throws IOException, InterruptedException {
        Tab tab = open(page);
        try {
            for (int poll = 0; poll < POLLS_MAX; poll++) {
                JsonNode found = evaluate(tab, FIGURES);
                if (found.isTextual()) {
                    JsonNode figures = new ObjectMapper().readTree(found.asText());
                    return new View(
                            figures.get("paint").asDouble(),
                            figures.get("bytes").asLong());
                }
                new CountDownLatch(1).await(POLL_MS, TimeUnit.MILLISECONDS);
            }
            throw new IOException(page + " was not painted");
        } finally {
            close(tab);
        }
    }

    /** Opens a page with cookies and a cache of its own. */
    public Tab open(URI page) throws IOException, InterruptedException {
        String context = tools.call("", "Target.createBrowserContext", Map.of())
                .get("browserContextId")
                .asText();
        String target = tools.call("", "Target.createTarget", Map.of("url", "about:blank", "browserContextId", context))
                .get("targetId")
                .asText();
        String session = tools.call("", "Target.attachToTarget", Map.of("targetId", target, "flatten", true))
                .get("sessionId")
                .asText();
        tools.call(session, "Page.navigate", Map.of("url", page.toString()));
        return new Tab(target, session);
    }

    /** The value of an expression in a page; of a promise, once it has resolved. @throws IOException if the script fails */
    public JsonNode evaluate(Tab tab, String expression) throws IOException, InterruptedException {
        JsonNode answer = tools.call(
                tab.session,
                "Runtime.evaluate",
                Map.of("expression", expression, "awaitPromise", true, "returnByValue", true));
        if (answer.has("exceptionDetails")) {
            throw new IOException("a script failed in the page: " + answer.get("exceptionDetails"));
        }
        return answer.path("result").path("value");
    }

    /** Collects what the page no longer needs, and looks at what is left. */
    public PageFootprint footprint(Tab tab) throws IOException, InterruptedException {
        tools.call(tab.session, "HeapProfiler.collectGarbage", Map.of());
        JsonNode heap = tools.call(tab.session, "Runtime.getHeapUsage", Map.of());
        JsonNode document = tools.call(tab.session, "Memory.getDOMCounters", Map.of());
        return new PageFootprint(
                heap.get("usedSize").asLong(),
                document.get("nodes").asInt(),
                document.get("jsEventListeners").asInt());
    }

    public void close(Tab tab) throws IOException, InterruptedException {
        tools.call("", "Target.closeTarget", Map.of("targetId", tab.target));
    }

    @Override
    public void close() {
        tools.close();
        process.destroy();
    }
}
