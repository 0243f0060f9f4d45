package org.saminversion.bench.service;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Submits jobs and follows them, for measurements. */
final class JobClient {
    private static final String BOUNDARY = "sam-bench-5e11";
    private static final String DATA = "data:";

    private final URI service;
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final ObjectMapper json = new ObjectMapper();

    JobClient(URI service) {
        this.service = service;
    }

    /** @return the address of the new inversion */
    URI submit(byte[] image, Map<String, String> settings) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(service.resolve("/v1/inversions"))
                .header("Content-Type", "multipart/form-data; boundary=" + BOUNDARY)
                .POST(BodyPublishers.ofByteArray(form(image, settings)))
                .build();
        HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
        if (response.statusCode() != 202) {
            throw new IOException("the service refused an inversion: " + response.body());
        }
        return service.resolve(response.headers().firstValue("Location").orElseThrow());
    }

    /** Hands over the data of each event at once, until the inversion is over. */
    void follow(URI inversion, Consumer<JsonNode> listener) throws IOException, InterruptedException {
        HttpResponse<Stream<String>> response = http.send(
                HttpRequest.newBuilder(URI.create(inversion + "/events")).build(), BodyHandlers.ofLines());
        try (Stream<String> lines = response.body()) {
            for (String line : (Iterable<String>) lines::iterator) {
                if (line.startsWith(DATA)) {
                    listener.accept(json.readTree(line.substring(DATA.length())));
                }
            }
        }
    }

    /** Waits for the end. @throws IOException unless the inversion has succeeded */
    void awaitSuccess(URI inversion) throws IOException, InterruptedException {
        follow(inversion, event -> {});
        HttpResponse<String> response =
                http.send(HttpRequest.newBuilder(inversion).build(), BodyHandlers.ofString());
        String state = json.readTree(response.body()).path("state").asText();
        if (!state.equals("SUCCEEDED")) {
            throw new IOException("the inversion ended " + state);
        }
    }

    /** The value of a metric without labels. */
    double metric(String name) throws IOException, InterruptedException {
        HttpResponse<String> response =
                http.send(HttpRequest.newBuilder(service.resolve("/q/metrics")).build(), BodyHandlers.ofString());
        return response.body()
                .lines()
                .filter(line -> line.startsWith(name + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1)))
                .findFirst()
                .orElseThrow(() -> new IOException("the service shows no metric " + name));
    }

    private static byte[] form(byte[] image, Map<String, String> settings) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        settings.forEach((name, value) -> part(body, "name=\"" + name + "\"", value.getBytes(StandardCharsets.UTF_8)));
        part(body, "name=\"image\"; filename=\"photo\"\r\nContent-Type: application/octet-stream", image);
        body.writeBytes(("--" + BOUNDARY + "--\r\n").getBytes(StandardCharsets.US_ASCII));
        return body.toByteArray();
    }

    private static void part(ByteArrayOutputStream body, String heading, byte[] content) {
        body.writeBytes(("--" + BOUNDARY + "\r\nContent-Disposition: form-data; " + heading + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII));
        body.writeBytes(content);
        body.writeBytes("\r\n".getBytes(StandardCharsets.US_ASCII));
    }
}
