package org.saminversion.standalone.serve;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;

/** Batches over HTTP, with a real broker, a real database, and a scripted engine. */
@QuarkusTest
@QuarkusTestResource(ServiceBackends.class)
class BatchServiceTest {
    private static final String BATCHES = "/v1/batches";
    private static final String FAST = "{\"method\":\"wplus\",\"steps\":1}";
    private static final int SOON_SECONDS = 30;

    private final ObjectMapper json = new ObjectMapper();

    @Test
    void anArchiveOfPicturesBecomesResults() throws Exception {
        byte[] manifest = ("customId,file,settings,edits\n"
                        + "red shoe,1.png,\"{\"\"lpips\"\":2}\",\"[{\"\"direction\"\":\"\"smile\"\",\"\"strength\"\":1}]\"\n"
                        + "broken,text.png,,\n"
                        + "blue shoe,2.png,,\n")
                .getBytes(StandardCharsets.UTF_8);
        String batch = send(zip(
                "manifest.csv",
                manifest,
                "1.png",
                png(10),
                "2.png",
                png(11),
                "text.png",
                "no".getBytes(StandardCharsets.UTF_8)));
        JsonPath end = awaitEnd(batch);
        assertEquals("DONE", end.getString("state"));
        assertEquals(2, end.getInt("counts.succeeded"));
        assertEquals(1, end.getInt("counts.rejected"));
        assertEquals("image-unreadable", end.getString("errors[0].kind"));
        assertEquals(3, end.getInt("errors[0].firstLine"));
        assertEquals(3, end.getInt("linesRead"));

        List<JsonNode> results = lines(batch + "/results");
        assertEquals("red shoe", results.get(0).path("customId").asText());
        assertEquals("SUCCEEDED", results.get(0).path("state").asText());
        given().get(results.get(0).path("inversion").asText())
                .then()
                .statusCode(200)
                .body("lane", equalTo("BULK"))
                .body("settings", equalTo(Map.of("lpips", 2f)))
                .body("artefacts.name", hasItem("edit-0.png"));

        TreeMap<String, byte[]> archive = unzip(batch + "/results.zip");
        assertEquals(
                List.of(
                        "000002-red_shoe/edit-0.png",
                        "000002-red_shoe/reconstruction.png",
                        "000004-blue_shoe/reconstruction.png",
                        "index.ndjson"),
                List.copyOf(archive.keySet()));
        assertArrayEquals(
                given().get(results.get(1).path("inversion").asText() + "/artefacts/reconstruction.png")
                        .asByteArray(),
                archive.get("000004-blue_shoe/reconstruction.png"));
        assertTrue(new String(archive.get("index.ndjson"), StandardCharsets.UTF_8).contains("000002-red_shoe"));

        assertEquals("broken", lines(batch + "/errors").get(0).path("customId").asText());
        given().accept("text/csv")
                .get(batch + "/errors")
                .then()
                .statusCode(200)
                .contentType(startsWith("text/csv"))
                .body(startsWith("line,customId,kind,detail\r\n3,broken,image-unreadable,"));
    }

    @Test
    void anUploadThatBreaksGoesOnWhereItBroke() throws Exception {
        byte[] zip = zip("a.png", png(20), "b.png", png(21));
        String batch = given().contentType("application/json")
                .body("{\"format\":\"zip\",\"name\":\"two\",\"defaults\":" + FAST + "}")
                .post(BATCHES)
                .then()
                .statusCode(201)
                .body("state", equalTo("UPLOADING"))
                .body("links.finalize", containsString("/finalize"))
                .extract()
                .header("Location");
        int half = zip.length / 2;
        put(batch, 0, Arrays.copyOf(zip, half), 204);
        // The answer was lost, so the sender begins again.
        put(batch, 0, Arrays.copyOf(zip, half), 409);
        long stored = Long.parseLong(
                given().head(batch + "/upload").then().statusCode(200).extract().header("Upload-Offset"));
        assertEquals(half, stored);
        put(batch, stored, Arrays.copyOfRange(zip, half, zip.length), 204);
        given().post(batch + "/finalize").then().statusCode(202);
        given().post(batch + "/finalize").then().statusCode(409).body("kind", equalTo("batch-state-wrong"));
        JsonPath end = awaitEnd(batch);
        assertEquals(2, end.getInt("counts.succeeded"));
        assertEquals("two", end.getString("name"));
        put(batch, zip.length, new byte[] {1}, 409);
    }

    @Test
    void aCatalogueThatIsSentTwiceIsInvertedOnce() throws Exception {
        byte[] zip = zip("a.png", png(24));
        String key = "catalogue-" + UUID.randomUUID();
        Response first = sendOnce(key, zip);
        first.then().statusCode(202).header("Idempotent-Replayed", nullValue());
        awaitEnd(first.header("Location"));
        Response second = sendOnce(key, zip);
        second.then().statusCode(202).header("Idempotent-Replayed", "true").body("state", equalTo("DONE"));
        assertEquals(first.header("Location"), second.header("Location"));
        given().header("Idempotency-Key", key)
                .contentType("text/csv")
                .body("url\n")
                .post(BATCHES)
                .then()
                .statusCode(422)
                .body("kind", equalTo("idempotency-mismatch"));
    }

    @Test
    void aCatalogueWhoseConnectionBrokeGoesOnWhereItWas() throws Exception {
        byte[] zip = zip("a.png", png(25));
        String key = "catalogue-" + UUID.randomUUID();
        String batch = given().header("Idempotency-Key", key)
                .contentType("application/json")
                .body("{\"format\":\"zip\",\"defaults\":" + FAST + "}")
                .post(BATCHES)
                .then()
                .statusCode(201)
                .extract()
                .header("Location");
        put(batch, 0, Arrays.copyOf(zip, 10), 204);
        Response again = sendOnce(key, zip);
        again.then().statusCode(202).header("Idempotent-Replayed", "true");
        assertEquals(batch, again.header("Location"));
        assertEquals(1, awaitEnd(batch).getInt("counts.succeeded"));
    }

    private static Response sendOnce(String key, byte[] zip) {
        return given().header("Idempotency-Key", key)
                .contentType("application/zip")
                .queryParam("defaults", FAST)
                .body(zip)
                .post(BATCHES);
    }

    @Test
    void oneWrongLineRefusesABatchThatWantsAllOrNothing() throws Exception {
        String batch = given().contentType("application/zip")
                .body(zip("a.png", png(30), "b.png", new byte[] {1}))
                .post(BATCHES + "?onError=reject")
                .then()
                .statusCode(202)
                .extract()
                .header("Location");
        JsonPath end = awaitEnd(batch);
        assertEquals("REJECTED", end.getString("state"));
        assertEquals("batch-refused", end.getString("failure.kind"));
        assertEquals("/docs/problems/batch-refused", end.getString("failure.type"));
    }

    @Test
    void whatIsNoCatalogueIsRefusedWithItsReason() throws Exception {
        assertRefused("application/zip", "hello", "archive-unreadable");
        assertRefused("text/csv", "who,what\n1,2\n", "line-malformed");
        assertRefused("application/x-ndjson", "", "batch-refused");
        assertRefused("text/uri-list", "file:///etc/passwd\n", "batch-refused");
    }

    private void assertRefused(String type, String body, String kind) {
        String batch = given().contentType(type)
                .body(body.getBytes(StandardCharsets.UTF_8))
                .post(BATCHES)
                .then()
                .statusCode(202)
                .extract()
                .header("Location");
        JsonPath end = awaitEnd(batch);
        assertEquals("REJECTED", end.getString("state"), body);
        assertEquals(kind, end.getString("failure.kind"));
    }

    @Test
    void aCancelledBatchKeepsWhatHasEndedAndStopsTheRest() throws Exception {
        byte[] manifest =
                ("{\"customId\":\"quick\",\"file\":\"a.png\",\"seed\":1}\n{\"customId\":\"slow\",\"file\":\"a.png\",\"steps\":2000,"
                                + "\"seed\":" + ScriptedEngine.SLOW_FROM + "}\n")
                        .getBytes(StandardCharsets.UTF_8);
        String batch = send(zip("manifest.jsonl", manifest, "a.png", png(40)));
        // Which of the two the worker's only slot gets first is up to the broker: the quick one may have ended or still
        // wait.
        await(batch, "counts.running", 1);
        given().delete(batch).then().statusCode(202).body("state", equalTo("FINALIZING"));
        JsonPath end = awaitEnd(batch);
        assertEquals("CANCELLED", end.getString("state"));
        assertEquals(2, end.getInt("counts.cancelled") + end.getInt("counts.succeeded"));
        List<JsonNode> results = lines(batch + "/results");
        String quick = end.getInt("counts.succeeded") == 1 ? "SUCCEEDED" : "CANCELLED";
        assertEquals(quick, results.get(0).path("state").asText());
        assertEquals("CANCELLED", results.get(1).path("state").asText());
        given().post(batch + "/cancel").then().statusCode(409).body("kind", equalTo("batch-state-wrong"));
    }

    @Test
    void failedItemsCanBeTriedAgain() throws Exception {
        byte[] manifest = ("customId,file,seed\npoisoned,a.png," + ScriptedEngine.POISONED + "\nfine,a.png,2\n")
                .getBytes(StandardCharsets.UTF_8);
        String batch = send(zip("manifest.csv", manifest, "a.png", png(50)));
        JsonPath end = awaitEnd(batch);
        assertEquals("DONE", end.getString("state"));
        assertEquals(1, end.getInt("counts.failed"));
        assertEquals("work-poisoned", end.getString("failures[0].kind"));
        assertEquals(1, end.getInt("failures[0].count"));
        JsonNode failed = lines(batch + "/results").get(0);
        assertEquals("work-poisoned", failed.path("failure").path("kind").asText());
        String first = failed.path("inversion").asText();
        given().post(batch + "/retry").then().statusCode(202).body("state", equalTo("OPEN"));
        assertEquals(1, awaitEnd(batch).getInt("counts.failed"));
        assertTrue(
                !first.equals(lines(batch + "/results").get(0).path("inversion").asText()),
                "the second try is a job of its own");
    }

    @Test
    void nonsenseIsAnsweredAtOnce() {
        for (String body : List.of(
                "",
                "[]",
                "{}",
                "{\"format\":\"rar\"}",
                "{\"format\":\"zip\",\"speed\":1}",
                "{\"format\":\"zip\",\"deadline\":\"soon\"}",
                "{\"format\":\"zip\",\"defaults\":7}",
                "{\"format\":\"zip\",\"defaults\":{\"image\":\"x\"}}")) {
            given().contentType("application/json")
                    .body(body)
                    .post(BATCHES)
                    .then()
                    .statusCode(400)
                    .body("kind", equalTo("request-malformed"));
        }
        given().contentType("application/json")
                .body("{\"format\":\"zip\",\"deadline\":\"P31D\"}")
                .post(BATCHES)
                .then()
                .statusCode(422);
        given().contentType("application/json")
                .body("{\"format\":\"zip\",\"defaults\":{\"method\":\"magic\"}}")
                .post(BATCHES)
                .then()
                .statusCode(422)
                .body("kind", equalTo("method-unknown"));
        given().contentType("application/x-tar")
                .body(new byte[1])
                .post(BATCHES)
                .then()
                .statusCode(415);
        for (String path : List.of("", "/results", "/errors", "/results.zip")) {
            given().get(BATCHES + "/9f3b6f2e-1111-4222-8333-444455556666" + path)
                    .then()
                    .statusCode(404)
                    .contentType("application/problem+json");
        }
        given().header("Upload-Offset", "-1")
                .body(new byte[1])
                .put(BATCHES + "/9f3b6f2e-1111-4222-8333-444455556666/upload")
                .then()
                .statusCode(404);
    }

    @Test
    void batchesAreListedInPages() {
        for (int i = 0; i < 3; i++) {
            given().contentType("application/json").body("{\"format\":\"csv\"}").post(BATCHES);
        }
        JsonPath first = given().get(BATCHES + "?limit=2&state=uploading")
                .then()
                .statusCode(200)
                .body("items.size()", equalTo(2))
                .extract()
                .jsonPath();
        given().urlEncodingEnabled(false)
                .get(first.getString("next"))
                .then()
                .statusCode(200)
                .body("items[0].state", equalTo("UPLOADING"));
    }

    private static String send(byte[] zip) {
        return given().contentType("application/zip")
                .queryParam("defaults", FAST)
                .body(zip)
                .post(BATCHES)
                .then()
                .statusCode(202)
                .extract()
                .header("Location");
    }

    private static void put(String batch, long offset, byte[] part, int status) {
        given().header("Upload-Offset", offset)
                .contentType("application/octet-stream")
                .body(part)
                .put(batch + "/upload")
                .then()
                .statusCode(status);
    }

    private static JsonPath awaitEnd(String batch) {
        return await(batch, "finishedAt != null", true);
    }

    private static JsonPath await(String batch, String path, Object wanted) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SOON_SECONDS);
        JsonPath state;
        do {
            state = given().get(batch).then().statusCode(200).extract().jsonPath();
            if (wanted.equals(state.get(path))) {
                return state;
            }
            pause();
        } while (System.nanoTime() < end);
        throw new AssertionError(path + " did not become " + wanted + ": " + state.prettify());
    }

    private static void pause() {
        try {
            new CountDownLatch(1).await(50, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private List<JsonNode> lines(String path) throws IOException {
        List<JsonNode> lines = new ArrayList<>();
        String body = given().get(path).then().statusCode(200).extract().asString();
        for (String line : body.split("\n")) {
            lines.add(json.readTree(line));
        }
        return lines;
    }

    private static TreeMap<String, byte[]> unzip(String path) throws IOException {
        TreeMap<String, byte[]> files = new TreeMap<>();
        byte[] bytes = given().get(path).then().statusCode(200).extract().asByteArray();
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(bytes))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                files.put(entry.getName(), zip.readAllBytes());
            }
        }
        return files;
    }

    private static byte[] png(int width) {
        return Pictures.png(width, 8);
    }

    /** @param namesAndContents pairs */
    private static byte[] zip(Object... namesAndContents) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (int i = 0; i < namesAndContents.length; i += 2) {
                zip.putNextEntry(new ZipEntry((String) namesAndContents[i]));
                zip.write((byte[]) namesAndContents[i + 1]);
                zip.closeEntry();
            }
        }
        return bytes.toByteArray();
    }
}
