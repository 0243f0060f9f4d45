package org.saminversion.standalone.serve;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.saminversion.model.Tenant;
import org.saminversion.model.access.KeyStore;
import org.saminversion.model.access.Scope;

/**
 * Whatever is sent, the service neither fails nor tells one tenant of another, nor leaves files lying about.
 *
 * <p>{@code -Dsam.fuzz.requests} says how many, {@code -Dsam.fuzz.seed} which ones.
 */
@QuarkusTest
@QuarkusTestResource(ServiceBackends.class)
class HostileRequestsTest {
    private static final int REQUESTS = Integer.getInteger("sam.fuzz.requests", 300);
    private static final long SEED = Long.getLong("sam.fuzz.seed", 20261125);
    private static final int ANSWER_TIMEOUT_MS = 60_000;
    private static final String SECRET = "secret-" + UUID.randomUUID();

    @TestHTTPResource("/")
    URL root;

    @Inject
    KeyStore keys;

    @Test
    void noRequestMakesTheServiceFail() throws IOException {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(SEED);
        HostileRequests requests = new HostileRequests(random);
        FailureLog failures = FailureLog.listen();
        Set<String> filesBefore = filesOutside();
        TreeMap<Integer, Integer> statuses = new TreeMap<>();
        for (int number = 0; number < REQUESTS; number++) {
            HostileRequests.Hostile request = requests.next();
            String answer = send(request.bytes(), request.isCut());
            statuses.merge(status(answer), 1, Integer::sum);
            assertTrue(status(answer) < 500, () -> describe(request.bytes(), answer));
            assertTrue(request.isCut() || !answer.isEmpty(), () -> describe(request.bytes(), "nothing"));
        }
        // Also those whose answer nobody waited for.
        assertEquals(List.of(), failures.stop(), "seed " + SEED);
        given().get("/q/health/ready").then().statusCode(200);
        assertEquals(filesBefore, filesOutside(), "seed " + SEED);
        report(statuses);
        assertTrue(statuses.getOrDefault(400, 0) > 0 && statuses.getOrDefault(404, 0) > 0, statuses.toString());
    }

    @Test
    void aFormWithoutABoundaryIsRefused() throws IOException {
        for (String boundary :
                List.of("", "; boundary=", "; boundary= ", "; boundary=\"\"", "; boundary=;", "; boundary=\"")) {
            String request = "POST /v1/inversions HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Type: "
                    + "multipart/form-data" + boundary + "\r\nContent-Length: 8\r\n\r\n--x\r\n\r\n.";
            byte[] bytes = request.getBytes(StandardCharsets.US_ASCII);
            int status = status(send(bytes, false));
            assertTrue(status >= 400 && status < 500, () -> boundary + " was answered with " + status);
        }
    }

    @Test
    void nothingOfAnotherTenantIsToldOrDone() throws IOException {
        String victim = submitted(key("victim"));
        String id = victim.substring(victim.lastIndexOf('/') + 1);
        String authorization = key("intruder");
        HostileRequests requests = new HostileRequests(
                RandomGeneratorFactory.of("L64X128MixRandom").create(SEED + 1));
        for (int number = 0; number < REQUESTS / 10; number++) {
            byte[] request = requests.aimedAt(id, authorization);
            String answer = send(request, false);
            assertTrue(status(answer) >= 400 && status(answer) < 500, () -> describe(request, answer));
            assertFalse(answer.contains(SECRET), () -> describe(request, answer));
        }
        given().header("Authorization", key("victim"))
                .get(victim)
                .then()
                .statusCode(200)
                .body("pinned", equalTo(false))
                .body("state", not("CANCELLED"));
    }

    /** Writes down how often each status was the answer, if asked for with {@code -Dsam.fuzz.report=FILE}; 0 is no answer. */
    private static void report(Map<Integer, Integer> statuses) throws IOException {
        String file = System.getProperty("sam.fuzz.report");
        if (file != null) {
            new ObjectMapper()
                    .enable(SerializationFeature.INDENT_OUTPUT)
                    .writeValue(
                            Path.of(file).toFile(),
                            Map.of("seed", SEED, "requests", REQUESTS, "answers_by_status", statuses));
        }
    }

    private String submitted(String authorization) {
        return given().header("Authorization", authorization)
                .multiPart("image", "photo.png", Pictures.png(8, 8), "image/png")
                .multiPart("method", "wplus")
                .multiPart("steps", "1")
                .multiPart("customId", SECRET)
                .post("/v1/inversions")
                .then()
                .statusCode(202)
                .extract()
                .header("Location");
    }

    private String key(String tenant) {
        return "Bearer "
                + keys.create(
                                new Tenant(tenant),
                                UUID.randomUUID().toString(),
                                Set.of(Scope.READ, Scope.SUBMIT),
                                Optional.empty())
                        .await()
                        .atMost(Duration.ofSeconds(20))
                        .orElseThrow()
                        .text()
                        .reveal();
    }

    /** What the service answers; empty if it only ends the connection, which is an answer to what is not HTTP. */
    private String send(byte[] request, boolean endsEarly) throws IOException {
        try (Socket socket = new Socket(root.getHost(), root.getPort())) {
            socket.setSoTimeout(ANSWER_TIMEOUT_MS);
            socket.getOutputStream().write(request);
            if (endsEarly) {
                socket.shutdownOutput();
            }
            return read(socket.getInputStream());
        } catch (SocketException closedByTheService) {
            return "";
        }
    }

    private static String read(InputStream in) throws IOException {
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        in.transferTo(answer);
        return answer.toString(StandardCharsets.ISO_8859_1);
    }

    private static int status(String answer) {
        return answer.startsWith("HTTP/1.") ? Integer.parseInt(answer.substring(9, 12)) : 0;
    }

    private static String describe(byte[] request, String answer) {
        return "seed " + SEED + "\n" + new String(request, StandardCharsets.ISO_8859_1) + "\nwas answered\n" + answer;
    }

    /** Names in the folders where files would land that escape: the working folder, and that for temporary files. */
    private static Set<String> filesOutside() throws IOException {
        Set<String> names = new TreeSet<>();
        for (Path folder : new Path[] {Path.of(""), Path.of("..")}) {
            try (Stream<Path> files = Files.list(folder.toAbsolutePath())) {
                names.addAll(files.map(Path::toString).collect(Collectors.toSet()));
            }
        }
        Path uploads = Path.of(System.getProperty("java.io.tmpdir"), "uploads");
        if (Files.isDirectory(uploads)) {
            try (Stream<Path> files = Files.list(uploads)) {
                names.addAll(files.map(Path::toString).collect(Collectors.toSet()));
            }
        }
        return names;
    }
}
