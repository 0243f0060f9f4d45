package org.saminversion.standalone.cli.batch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.saminversion.inversion.failure.JobFailure;

/** Talks to the service about one batch, as any application would. */
public final class BatchClient {
    private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(60);
    private static final int PART_BYTES = 8 << 20;
    private static final String OFFSET = "Upload-Offset";

    private final URI service;
    private final Optional<String> key;
    private final Patience patience;
    private final HttpClient http = HttpClient.newHttpClient();
    private final ObjectMapper json = new ObjectMapper();

    /** Hears of an upload's progress, in bytes. */
    public interface UploadListener {
        void sent(long bytes, long total);
    }

    /**
     * @param key if the service asks for one
     * @param patience with a service that does not answer while a batch is under way
     */
    public BatchClient(URI service, Optional<String> key, Patience patience) {
        this.service = service;
        this.key = key;
        this.patience = patience;
    }

    /** @return the address of the new batch. @throws JobFailure.Rejected with the service's reason if it refuses */
    public URI create(ObjectNode request) throws IOException, InterruptedException {
        HttpResponse<String> response = send(
                request(service.resolve("/v1/batches"))
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(request.toString())),
                201);
        return service.resolve(response.headers()
                .firstValue("Location")
                .orElseThrow(() -> new IOException("the service named no address for the new batch")));
    }

    boolean exists(URI batch) throws IOException, InterruptedException {
        return http.send(request(batch).build(), BodyHandlers.discarding()).statusCode() == 200;
    }

    /** The batch as it stands; waits for a service that does not answer, as long as the patience lasts. */
    public JsonNode state(URI batch) throws IOException, InterruptedException {
        return json.readTree(patience.ask(() -> send(request(batch), 200)).body());
    }

    /** Sends what is not stored yet, each part as often as it takes. */
    public void upload(URI batch, Path file, UploadListener listener) throws IOException, InterruptedException {
        try (FileChannel channel = FileChannel.open(file)) {
            long offset = 0;
            while (offset < channel.size()) {
                // An answer that was lost does not tell whether its part was stored.
                offset = patience.ask(() -> append(batch, channel, storedBytes(batch)));
                listener.sent(offset, channel.size());
            }
        }
    }

    private long append(URI batch, FileChannel file, long offset) throws IOException, InterruptedException {
        ByteBuffer part = ByteBuffer.allocate((int) Math.min(PART_BYTES, file.size() - offset));
        while (part.hasRemaining() && file.read(part, offset + part.position()) > 0) {
            // Until the part is whole.
        }
        HttpRequest.Builder request = request(URI.create(batch + "/upload"))
                .header(OFFSET, Long.toString(offset))
                .header("Content-Type", "application/octet-stream")
                .PUT(BodyPublishers.ofByteArray(part.array(), 0, part.position()));
        return offset(send(request, 204));
    }

    private long storedBytes(URI batch) throws IOException, InterruptedException {
        return offset(send(request(URI.create(batch + "/upload")).method("HEAD", BodyPublishers.noBody()), 200));
    }

    private static long offset(HttpResponse<?> response) throws IOException {
        return response.headers()
                .firstValueAsLong(OFFSET)
                .orElseThrow(() -> new IOException("the service did not tell how much of the upload is stored"));
    }

    /** Tells that the upload is complete. */
    public void finalizeUpload(URI batch) throws IOException, InterruptedException {
        send(request(URI.create(batch + "/finalize")).POST(BodyPublishers.noBody()), 202);
    }

    /** The body of an answer that may be long. */
    InputStream stream(URI address) throws IOException, InterruptedException {
        HttpResponse<InputStream> response =
                http.send(authorized(HttpRequest.newBuilder(address)).build(), BodyHandlers.ofInputStream());
        if (response.statusCode() != 200) {
            throw new IOException(address + " answered with status " + response.statusCode());
        }
        return response.body();
    }

    private HttpRequest.Builder request(URI address) {
        return authorized(HttpRequest.newBuilder(address).timeout(REQUEST_TIMEOUT));
    }

    private HttpRequest.Builder authorized(HttpRequest.Builder request) {
        key.ifPresent(text -> request.header("Authorization", "Bearer " + text));
        return request;
    }

    private HttpResponse<String> send(HttpRequest.Builder request, int expected)
            throws IOException, InterruptedException {
        HttpResponse<String> response = http.send(request.build(), BodyHandlers.ofString());
        if (response.statusCode() == expected) {
            return response;
        }
        JsonNode problem = json.readTree(response.body().startsWith("{") ? response.body() : "{}");
        String detail = problem.path("detail").asText("the service answered with status " + response.statusCode());
        if (response.statusCode() >= 500) {
            throw new IOException(detail);
        }
        throw new JobFailure.Rejected(problem.path("kind").asText("request-malformed"), detail);
    }
}
