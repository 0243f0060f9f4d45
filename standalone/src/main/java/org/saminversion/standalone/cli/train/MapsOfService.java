package org.saminversion.standalone.cli.train;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.saminversion.inversion.bundle.ModelBundle;
import org.saminversion.inversion.failure.JobFailure;
import org.saminversion.inversion.image.ImageLayout;
import org.saminversion.inversion.image.ImageReader;
import org.saminversion.inversion.image.RgbImage;
import org.saminversion.inversion.invertibility.InvertibilityMap;
import org.saminversion.inversion.invertibility.InvertibilityMapFile;
import org.saminversion.inversion.method.MapSource;
import org.saminversion.inversion.training.invertibility.ErrorMaps;

/** The measured maps of a service's finished inversions with their photographs, from which a network can learn at no further cost. */
final class MapsOfService {
    private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(30);
    private static final int OK = 200;
    /** Of an inversion, or only its artefacts, whose retention is over. */
    private static final int NOT_FOUND = 404;

    private static final int GONE = 410;

    private final URI service;
    private final Optional<String> key;
    private final HttpClient http = HttpClient.newHttpClient();
    private final ObjectMapper json = new ObjectMapper();

    /** @param key if the service asks for one */
    MapsOfService(URI service, Optional<String> key) {
        this.service = service;
        this.key = key;
    }

    /**
     * Keeps the errors of every measured map of a bundle of that name.
     *
     * @param maps where they are kept; what is there is not fetched again
     * @return the photographs, each once, at the size of the bundle's layout
     */
    List<RgbImage> fetch(ModelBundle bundle, ErrorMaps maps) throws IOException, InterruptedException {
        Set<RgbImage> targets = new LinkedHashSet<>();
        URI page = service.resolve("/v1/inversions?state=SUCCEEDED&method=sam&limit=100&bundle="
                + URLEncoder.encode(bundle.name(), StandardCharsets.UTF_8));
        while (page != null) {
            URI address = page;
            JsonNode answer = json.readTree(bytes(address)
                    .orElseThrow(() -> new IOException(address + " is no service of this kind: check --maps-from")));
            for (JsonNode inversion : answer.path("items")) {
                target(inversion.path("id").asText(), bundle.description().layout(), maps)
                        .ifPresent(targets::add);
            }
            page = answer.hasNonNull("next")
                    ? service.resolve(answer.get("next").asText())
                    : null;
        }
        return List.copyOf(targets);
    }

    private Optional<RgbImage> target(String inversion, ImageLayout layout, ErrorMaps maps)
            throws IOException, InterruptedException {
        Optional<byte[]> input = artefact(inversion, "input");
        if (input.isEmpty()) {
            return Optional.empty();
        }
        RgbImage target = layout.target(ImageReader.read(input.get()));
        if (!maps.has(target, false)) {
            Optional<byte[]> stored = artefact(inversion, "map.safetensors");
            String what = "the map of inversion " + inversion;
            if (stored.isEmpty()
                    || !InvertibilityMapFile.source(stored.get(), what).equals(Optional.of(MapSource.MEASURED))) {
                return Optional.empty();
            }
            InvertibilityMap map = InvertibilityMapFile.parse(stored.get(), what);
            if (map.width() != target.width() || map.height() != target.height()) {
                return Optional.empty();
            }
            maps.keep(target, map.errors());
        }
        return Optional.of(target);
    }

    private Optional<byte[]> artefact(String inversion, String name) throws IOException, InterruptedException {
        return bytes(service.resolve("/v1/inversions/" + inversion + "/artefacts/" + name));
    }

    /** Empty if there is nothing at the address. */
    private Optional<byte[]> bytes(URI address) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(address).timeout(REQUEST_TIMEOUT);
        key.ifPresent(text -> request.header("Authorization", "Bearer " + text));
        HttpResponse<byte[]> response = http.send(request.build(), BodyHandlers.ofByteArray());
        return switch (response.statusCode()) {
            case OK -> Optional.of(response.body());
            case NOT_FOUND, GONE -> Optional.empty();
            default -> throw new JobFailure.Transient(address + " answered with status " + response.statusCode(), null);
        };
    }
}
