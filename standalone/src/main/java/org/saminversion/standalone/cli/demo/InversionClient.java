package org.saminversion.standalone.cli.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.saminversion.inversion.failure.JobFailure;
import org.saminversion.inversion.image.ImageReader;
import org.saminversion.inversion.image.RgbImage;

/** Talks to the service over HTTP as any application would. */
final class InversionClient {
    private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(30);
    private static final String DATA = "data:";

    private final URI service;
    private final HttpClient http = HttpClient.newHttpClient();
    private final ObjectMapper json = new ObjectMapper();

    InversionClient(URI service) {
        this.service = service;
    }

    /** @return the address of the new inversion. @throws JobFailure.Rejected with the service's reason if it refuses */
    URI submit(MultipartForm form) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(service.resolve("/v1/inversions"))
                .timeout(REQUEST_TIMEOUT)
                .header("Content-Type", form.contentType())
                .POST(HttpRequest.BodyPublishers.ofByteArray(form.toBytes()))
                .build();
        HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
        if (response.statusCode() != 202) {
            throw refusal(response.statusCode(), response.body());
        }
        String location = response.headers()
                .firstValue("Location")
                .orElseThrow(() -> new IOException("the service named no address for the new inversion"));
        return service.resolve(location);
    }

    /** Hands over the data of every event until the inversion is over. */
    void follow(URI inversion, Consumer<JsonNode> listener) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(inversion + "/events"))
                .header("Accept", "text/event-stream")
                .build();
        HttpResponse<Stream<String>> response = http.send(request, BodyHandlers.ofLines());
        try (Stream<String> lines = response.body()) {
            for (String line : (Iterable<String>) lines::iterator) {
                if (line.startsWith(DATA)) {
                    listener.accept(json.readTree(line.substring(DATA.length())));
                }
            }
        }
    }

    /** The inversion as it stands. */
    JsonNode get(URI inversion) throws IOException, InterruptedException {
        return json.readTree(fetch(inversion));
    }

    RgbImage picture(URI inversion, String artefact) throws IOException, InterruptedException {
        return ImageReader.read(fetch(URI.create(inversion + "/artefacts/" + artefact)));
    }

    private byte[] fetch(URI address) throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(address).timeout(REQUEST_TIMEOUT).build();
        HttpResponse<byte[]> response = http.send(request, BodyHandlers.ofByteArray());
        if (response.statusCode() != 200) {
            throw new IOException(address + " answered with status " + response.statusCode());
        }
        return response.body();
    }

    /** Turns a problem of RFC 9457 into the failure that it describes. */
    private JobFailure.Rejected refusal(int status, String body) throws IOException {
        JsonNode problem = json.readTree(body.startsWith("{") ? body : "{}");
        String type = problem.path("type").asText("");
        return new JobFailure.Rejected(
                type.substring(type.lastIndexOf('/') + 1),
                problem.path("detail").asText("the service refused the inversion with status " + status));
    }
}
