package org.saminversion.faults;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.UUID;
import org.saminversion.inversion.image.PngWriter;
import org.saminversion.inversion.image.RgbImage;

/** An application that submits photographs of noise. */
final class Caller {
    private static final int SIDE = 16;
    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(90);

    private final HttpClient http = HttpClient.newHttpClient();
    private final ObjectMapper json = new ObjectMapper();
    private final String image = "data:image/png;base64," + Base64.getEncoder().encodeToString(noise());

    private volatile String endpoint;

    /** What a gateway answered. @param job null unless the status is 202 */
    record Answer(int status, UUID job) {}

    /** Equal orders always have the same result. */
    record Order(String bundle, String method, int steps, int seed, Map<String, Double> settings) {
        Order(String method, int steps, int seed) {
            this(TinyBundle.NAME, method, steps, seed, Map.of());
        }
    }

    Answer submit(URI gateway, Order order) throws IOException, InterruptedException {
        Map<String, Object> body = new TreeMap<>(Map.of(
                "image", image,
                "bundle", order.bundle(),
                "method", order.method(),
                "steps", order.steps(),
                "seed", order.seed(),
                "settings", order.settings()));
        if (endpoint != null) {
            body.put("callback", Map.of("endpoint", endpoint, "events", List.of("state")));
        }
        HttpResponse<String> response = post(gateway.resolve("/v1/inversions"), body);
        return new Answer(
                response.statusCode(),
                response.statusCode() == 202
                        ? UUID.fromString(
                                json.readTree(response.body()).path("id").asText())
                        : null);
    }

    /** Has every change of state of jobs from now on told to the URL. @return the secret that signs the messages */
    String callBack(URI gateway, String url) throws IOException, InterruptedException {
        HttpResponse<String> response = post(gateway.resolve("/v1/endpoints"), Map.of("url", url));
        if (response.statusCode() != 201) {
            throw new IOException("no endpoint was made: " + response.body());
        }
        JsonNode made = json.readTree(response.body());
        endpoint = made.path("id").asText();
        return made.path("secret").asText();
    }

    /** Has the photograph inverted by a service with one bundle. @return the state, after a minute at the latest */
    String invertAndWait(URI service) throws IOException, InterruptedException {
        HttpResponse<String> response = post(
                service.resolve("/v1/inversions"), Map.of("image", image, "method", "wplus", "steps", 3), "wait=60");
        return json.readTree(response.body()).path("state").asText();
    }

    private HttpResponse<String> post(URI address, Map<String, Object> body) throws IOException, InterruptedException {
        return post(address, body, "wait=0");
    }

    private HttpResponse<String> post(URI address, Map<String, Object> body, String prefer)
            throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(address)
                        .timeout(ANSWER_TIMEOUT)
                        .header("Prefer", prefer)
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(json.writeValueAsString(body)))
                        .build(),
                BodyHandlers.ofString());
    }

    private static byte[] noise() {
        byte[] pixels = new byte[3 * SIDE * SIDE];
        new SplittableRandom(1).nextBytes(pixels);
        return PngWriter.toBytes(new RgbImage(SIDE, SIDE, pixels));
    }
}
