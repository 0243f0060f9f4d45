package org.saminversion.bench.service;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;

/** The figures that a service shows to Prometheus. */
public final class ServiceMetrics {
    private final HttpRequest request;
    private final HttpClient http = HttpClient.newHttpClient();

    /** @param service its address */
    public ServiceMetrics(URI service) {
        this.request = HttpRequest.newBuilder(service.resolve("/q/metrics"))
                .header("Accept", "text/plain")
                .build();
    }

    /** @param name of a metric without tags, such as {@code sam_pages_open} @throws IOException if there is none */
    public double value(String name) throws IOException, InterruptedException {
        String text = http.send(request, BodyHandlers.ofString()).body();
        return text.lines()
                .filter(line -> line.startsWith(name + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1)))
                .findFirst()
                .orElseThrow(() -> new IOException("the service shows no metric " + name));
    }
}
