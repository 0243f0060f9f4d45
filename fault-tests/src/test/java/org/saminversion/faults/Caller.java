package org.saminversion.faults;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.UUID;
import org.saminversion.inversion.image.PngWriter;
import org.saminversion.inversion.image.RgbImage;

/** An application that submits photographs of noise. */
final class Caller {
    private static final int SIDE = 16;
    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(60);

    private final HttpClient http = HttpClient.newHttpClient();
    private final ObjectMapper json = new ObjectMapper();
    private final String image = "data:image/png;base64," + Base64.getEncoder().encodeToString(noise());

    /** What a gateway answered. @param job null unless the status is 202 */
    record Answer(int status, UUID job) {}

    /** The same seed, method and steps always have the same result. */
    record Order(String method, int steps, int seed) {}

    Answer submit(URI gateway, Order order) throws IOException, InterruptedException {
        String body = json.writeValueAsString(Map.of(
                "image", image,
                "bundle", TinyBundle.NAME,
                "method", order.method(),
                "steps", order.steps(),
                "seed", order.seed()));
        var response = http.send(
                HttpRequest.newBuilder(gateway.resolve("/v1/inversions"))
                        .timeout(ANSWER_TIMEOUT)
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
        return new Answer(
                response.statusCode(),
                response.statusCode() == 202
                        ? UUID.fromString(
                                json.readTree(response.body()).path("id").asText())
                        : null);
    }

    private static byte[] noise() {
        byte[] pixels = new byte[3 * SIDE * SIDE];
        new SplittableRandom(1).nextBytes(pixels);
        return PngWriter.toBytes(new RgbImage(SIDE, SIDE, pixels));
    }
}
