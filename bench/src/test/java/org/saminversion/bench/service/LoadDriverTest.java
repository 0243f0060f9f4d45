package org.saminversion.bench.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class LoadDriverTest {
    @Test
    void everyRequestIsSentOnceAndCounted() throws IOException {
        Set<String> paths = ConcurrentHashMap.newKeySet();
        AtomicInteger requests = new AtomicInteger();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            requests.incrementAndGet();
            String path = exchange.getRequestURI().getPath();
            paths.add(path);
            exchange.sendResponseHeaders(path.endsWith("7") ? 429 : 202, -1);
            exchange.close();
        });
        server.start();
        try (LoadDriver driver = new LoadDriver(System::nanoTime)) {
            URI root = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
            LoadReport report = driver.run(
                    50,
                    4,
                    number -> HttpRequest.newBuilder(root.resolve("/" + number)).build());
            assertEquals(50, requests.get());
            assertEquals(50, paths.size());
            assertEquals(Map.of(202, 45, 429, 5), report.statuses());
            assertEquals(50, report.latenciesMs().length);
            assertTrue(report.latencyMs(0.5) <= report.latencyMs(1));
        } finally {
            server.stop(0);
        }
    }

    @Test
    void percentilesAndSums() {
        LoadReport load = new LoadReport(2, new double[] {3, 1}, Map.of(202, 2))
                .plus(new LoadReport(2, new double[] {4, 2}, Map.of(202, 1, 0, 1)));
        assertEquals(1, load.perSecond());
        assertEquals(2, load.latencyMs(0.5));
        assertEquals(4, load.latencyMs(0.99));
        assertEquals(Map.of(0, 1, 202, 3), load.statuses());
    }
}
