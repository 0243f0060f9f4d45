package org.saminversion.standalone.serve;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.blankOrNullString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever is wrong with a submission, the caller gets a 4xx problem that says what, and nothing is stored. */
@QuarkusTest
@QuarkusTestResource(ServiceBackends.class)
class BadRequestsTest {
    private static final byte[] GOOD = Pictures.png(16, 16);

    record Case(String name, byte[] image, Map<String, String> fields, int status, String kind) {
        @Override
        public String toString() {
            return name;
        }
    }

    record JsonCase(String body, int status, String kind) {}

    static List<Case> forms() {
        return List.of(
                new Case("no image", new byte[0], Map.of(), 422, "image-missing"),
                new Case("text", "hello".getBytes(StandardCharsets.UTF_8), Map.of(), 422, "image-unreadable"),
                new Case("truncated", Arrays.copyOf(GOOD, GOOD.length / 2), Map.of(), 422, "image-unreadable"),
                new Case("bomb of 65,535 x 65,535 pixels", bomb(), Map.of(), 413, "image-too-large"),
                new Case("TIFF", new byte[] {'I', 'I', 42, 0, 8, 0, 0, 0}, Map.of(), 415, "image-unsupported"),
                new Case("bundle", GOOD, Map.of("bundle", "../models/faces64"), 422, "bundle-unknown"),
                new Case("method", GOOD, Map.of("method", "magic"), 422, "method-unknown"),
                new Case("space", GOOD, Map.of("method", "F3"), 422, "method-unknown"),
                new Case("tau", GOOD, Map.of("tau", "-0.1"), 422, "parameter-out-of-range"),
                new Case("large tau", GOOD, Map.of("tau", "2.1"), 422, "parameter-out-of-range"),
                new Case("tau NaN", GOOD, Map.of("tau", "NaN"), 422, "parameter-out-of-range"),
                new Case("tau text", GOOD, Map.of("tau", "much"), 422, "parameter-out-of-range"),
                new Case("steps 0", GOOD, Map.of("steps", "0"), 422, "parameter-out-of-range"),
                new Case("steps 10001", GOOD, Map.of("steps", "10001"), 422, "parameter-out-of-range"),
                new Case("steps 1.5", GOOD, Map.of("steps", "1.5"), 422, "parameter-out-of-range"),
                new Case("seed", GOOD, Map.of("seed", "1e99"), 422, "parameter-out-of-range"),
                new Case("pivotal tuning", GOOD, Map.of("method", "pivotal-tuning"), 422, "method-not-served"),
                new Case("without encoder", GOOD, Map.of("method", "restyle-psp"), 422, "method-without-encoder"),
                new Case("optimizer", GOOD, Map.of("optimizer", "magic"), 400, "request-malformed"),
                new Case(
                        "optimizer of a method without",
                        GOOD,
                        Map.of("method", "e4e", "optimizer", "quasi-newton"),
                        422,
                        "setting-unknown"),
                new Case("settings text", GOOD, Map.of("settings", "measured"), 400, "request-malformed"),
                new Case("settings array", GOOD, Map.of("settings", "[1]"), 400, "request-malformed"),
                new Case("setting text", GOOD, settings("{\"lpips\":\"2\"}"), 400, "request-malformed"),
                new Case("setting unknown", GOOD, settings("{\"magic\":1}"), 422, "setting-unknown"),
                new Case(
                        "setting of another method",
                        GOOD,
                        Map.of("method", "wplus", "settings", "{\"measured-map\":1}"),
                        422,
                        "setting-unknown"),
                new Case("setting too large", GOOD, settings("{\"lpips\":1e999}"), 422, "parameter-out-of-range"),
                new Case("edits text", GOOD, Map.of("edits", "smile"), 400, "request-malformed"),
                new Case("edits object", GOOD, Map.of("edits", "{}"), 400, "request-malformed"),
                new Case("edit without strength", GOOD, edit("{\"direction\":\"smile\"}"), 400, "request-malformed"),
                new Case(
                        "strength",
                        GOOD,
                        edit("{\"direction\":\"smile\",\"strength\":20.5}"),
                        422,
                        "parameter-out-of-range"),
                new Case(
                        "direction", GOOD, edit("{\"direction\":\"frown\",\"strength\":1}"), 422, "direction-unknown"));
    }

    static List<JsonCase> bodies() {
        String image =
                "\"image\":\"data:image/png;base64," + Base64.getEncoder().encodeToString(GOOD) + "\"";
        return List.of(
                new JsonCase("", 400, "request-malformed"),
                new JsonCase("{", 400, "request-malformed"),
                new JsonCase("[]", 400, "request-malformed"),
                new JsonCase("{}", 422, "image-missing"),
                new JsonCase("{\"image\":\"ftp://example.org/a.png\"}", 422, "image-url-refused"),
                new JsonCase("{\"image\":\"https://user@example.org/\"}", 422, "image-url-refused"),
                new JsonCase("{\"image\":\"http://127.0.0.1:1/\"}", 422, "image-url-failed"),
                new JsonCase("{" + image + ",\"callback\":7}", 400, "request-malformed"),
                new JsonCase("{" + image + ",\"callback\":{}}", 400, "request-malformed"),
                new JsonCase("{" + image + ",\"callback\":\"file:///etc/passwd\"}", 422, "callback-url-refused"),
                new JsonCase("{" + image + ",\"callback\":\"\"}", 422, "callback-url-refused"),
                new JsonCase("{" + image + ",\"callback\":{\"endpoint\":\"none\"}}", 422, "endpoint-unknown"),
                new JsonCase(
                        "{" + image + ",\"callback\":{\"url\":\"https://a.example\",\"events\":[\"end\"]}}",
                        400,
                        "request-malformed"),
                new JsonCase(
                        "{" + image + ",\"callback\":{\"url\":\"https://a.example\",\"events\":[]}}",
                        400,
                        "request-malformed"),
                new JsonCase("{\"image\":\"data:image/png;base64,%%%\"}", 400, "request-malformed"),
                new JsonCase("{\"image\":7}", 400, "request-malformed"),
                new JsonCase("{" + image + ",\"stepz\":5}", 400, "request-malformed"),
                new JsonCase("{" + image + ",\"settings\":7}", 400, "request-malformed"),
                new JsonCase("{" + image + ",\"settings\":{\"lpips\":-1}}", 422, "parameter-out-of-range"),
                new JsonCase("{" + image + ",\"steps\":\"5\"}", 422, "parameter-out-of-range"),
                new JsonCase("{" + image + ",\"steps\":5.5}", 422, "parameter-out-of-range"),
                new JsonCase("{" + image + ",\"tau\":1e400}", 422, "parameter-out-of-range"),
                new JsonCase("{" + image + ",\"tau\":NaN}", 400, "request-malformed"));
    }

    @ParameterizedTest
    @MethodSource("forms")
    void aFormIsRefused(Case wrong) {
        var request = wrong.image.length == 0
                ? given().multiPart("bundle", "faces64")
                : given().multiPart("image", "photo.png", wrong.image, "image/png");
        for (Map.Entry<String, String> field : wrong.fields.entrySet()) {
            request.multiPart(field.getKey(), field.getValue());
        }
        request.post("/v1/inversions")
                .then()
                .statusCode(wrong.status)
                .contentType("application/problem+json")
                .body("kind", equalTo(wrong.kind))
                .body("status", equalTo(wrong.status))
                .body("type", startsWith("/docs/problems/"))
                .body("detail", not(blankOrNullString()));
    }

    @ParameterizedTest
    @MethodSource("bodies")
    void aJsonBodyIsRefused(JsonCase wrong) {
        given().contentType("application/json")
                .body(wrong.body)
                .post("/v1/inversions")
                .then()
                .statusCode(wrong.status)
                .contentType("application/problem+json")
                .body("kind", equalTo(wrong.kind));
    }

    @ParameterizedTest
    @MethodSource("queries")
    void aListIsRefused(String query) {
        given().get("/v1/inversions?" + query)
                .then()
                .statusCode(query.startsWith("limit") ? 422 : 400)
                .contentType("application/problem+json");
    }

    static List<String> queries() {
        return List.of("limit=0", "limit=201", "limit=x", "state=ASLEEP", "after=nonsense", "after=!");
    }

    @Test
    void otherMediaTypesAreRefused() {
        given().contentType("text/plain")
                .body("hello")
                .post("/v1/inversions")
                .then()
                .statusCode(415)
                .contentType("application/problem+json")
                .body("kind", equalTo("media-type-unsupported"));
    }

    private static Map<String, String> settings(String json) {
        return Map.of("settings", json);
    }

    private static Map<String, String> edit(String edit) {
        return Map.of("edits", "[" + edit + "]");
    }

    /** A PNG whose header promises more pixels than any memory holds. */
    private static byte[] bomb() {
        byte[] png = GOOD.clone();
        ByteBuffer header = ByteBuffer.wrap(png);
        header.putInt(16, 65_535).putInt(20, 65_535);
        CRC32 checksum = new CRC32();
        checksum.update(png, 12, 17);
        header.putInt(29, (int) checksum.getValue());
        return png;
    }
}
