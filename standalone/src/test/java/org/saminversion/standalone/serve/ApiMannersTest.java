package org.saminversion.standalone.serve;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Arrays;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.saminversion.model.store.RetentionStore;

/** What a caller of the HTTP interface may rely on beside the inversions themselves. */
@QuarkusTest
@QuarkusTestResource(ServiceBackends.class)
class ApiMannersTest {
    private static final String INVERSIONS = "/v1/inversions";
    private static final byte[] IMAGE = Pictures.png(24, 24);

    @Inject
    Pool database;

    @Inject
    RetentionStore retention;

    private final String key = UUID.randomUUID().toString();

    @Test
    void aRepeatedSubmissionIsAnsweredAgainAndDoneOnce() {
        Response first = form("1").header("Idempotency-Key", key).post(INVERSIONS);
        first.then().statusCode(202).header("Idempotent-Replayed", nullValue());
        Response second = form("1").header("Idempotency-Key", key).post(INVERSIONS);
        second.then().statusCode(202).header("Idempotent-Replayed", equalTo("true"));
        assertEquals(first.asString(), second.asString());
        assertEquals(first.header("Location"), second.header("Location"));
        form("2")
                .header("Idempotency-Key", key)
                .post(INVERSIONS)
                .then()
                .statusCode(422)
                .body("kind", equalTo("idempotency-mismatch"));
        form("1")
                .header("Idempotency-Key", "k".repeat(256))
                .post(INVERSIONS)
                .then()
                .statusCode(400);
    }

    @Test
    void whatIsMadeOfAnInversionIsMadeOnceToo() {
        String location = Inversions.succeeded("sam", 3);
        repeated(location + "/with-tau", "{\"tau\": 0.31}", "{\"tau\": 0.32}", 202);
        repeated(
                location + "/edits",
                "{\"edits\": [{\"direction\": \"smile\", \"strength\": 1}]}",
                "{\"edits\": [{\"direction\": \"smile\", \"strength\": 2}]}",
                201);
        given().get(location + "/edits").then().body("items.size()", equalTo(1));
    }

    @Test
    void anEndpointIsMadeOnceAndItsSecretShownAgain() {
        String url = "http://127.0.0.1:9/" + UUID.randomUUID();
        Response first = repeated("/v1/endpoints", "{\"url\": \"" + url + "\"}", "{\"url\": \"" + url + "/2\"}", 201);
        assertEquals(
                first.path("secret").toString(),
                keyed("/v1/endpoints", "{\"url\": \"" + url + "\"}").path("secret"));
        given().contentType("application/json")
                .body("{\"url\": \"" + url + "\"}")
                .post("/v1/endpoints")
                .then()
                .statusCode(409)
                .body("kind", equalTo("endpoint-exists"));
        given().delete(first.header("Location")).then().statusCode(204);
    }

    /** Sends the body twice and another once, with one key. @return the first answer */
    private Response repeated(String path, String body, String other, int status) {
        Response first = keyed(path, body);
        first.then().statusCode(status).header("Idempotent-Replayed", nullValue());
        Response second = keyed(path, body);
        second.then().statusCode(status).header("Idempotent-Replayed", equalTo("true"));
        assertEquals(first.header("Location"), second.header("Location"));
        keyed(path, other).then().statusCode(422).body("kind", equalTo("idempotency-mismatch"));
        return first;
    }

    private Response keyed(String path, String body) {
        return given().contentType("application/json")
                .header("Idempotency-Key", key)
                .body(body)
                .post(path);
    }

    @Test
    void aCallerThatWaitsGetsTheResult() {
        form("1")
                .header("Prefer", "wait=30")
                .post(INVERSIONS)
                .then()
                .statusCode(200)
                .header("Preference-Applied", equalTo("wait=30"))
                .body("state", equalTo("SUCCEEDED"))
                .body("artefacts.size()", greaterThan(2));
        String slow = form("2000")
                .multiPart("seed", Long.toString(ScriptedEngine.SLOW_FROM + 7))
                .header("Prefer", "wait=1")
                .post(INVERSIONS)
                .then()
                .statusCode(202)
                .extract()
                .header("Location");
        given().delete(slow).then().statusCode(202);
        given().header("Prefer", "wait=30").get(slow).then().statusCode(200).body("state", equalTo("CANCELLED"));
    }

    @Test
    void anInversionIsSentAgainOnlyWhenItChanged() {
        String location = finished();
        String tag = given().get(location).header("ETag");
        given().header("If-None-Match", tag).get(location).then().statusCode(304);
        given().contentType("application/json")
                .body("{\"pinned\":true}")
                .patch(location + "/retention")
                .then()
                .statusCode(200)
                .body("pinned", equalTo(true));
        given().header("If-None-Match", tag).get(location).then().statusCode(200);
    }

    @Test
    void anArtefactIsFetchedInParts() {
        String input = finished() + "/artefacts/input";
        Response part = given().header("Range", "bytes=10-19").get(input);
        part.then().statusCode(206).header("Content-Range", equalTo("bytes 10-19/" + IMAGE.length));
        assertArrayEquals(Arrays.copyOfRange(IMAGE, 10, 20), part.asByteArray());
        given().header("Range", "bytes=10-19")
                .header("If-Range", "\"another\"")
                .get(input)
                .then()
                .statusCode(200);
        given().header("Range", "bytes=100000-")
                .get(input)
                .then()
                .statusCode(416)
                .header("Content-Range", equalTo("bytes */" + IMAGE.length))
                .body("kind", equalTo("range-not-satisfiable"));
    }

    @Test
    void aRerunRepeatsTheSettingsAndTheImage() {
        String original = finished();
        Response rerun = given().header("Prefer", "wait=30").post(original + "/rerun");
        rerun.then().statusCode(200).body("rerunOf", equalTo(original.substring(original.lastIndexOf('/') + 1)));
        Response first = given().get(original);
        for (String field : new String[] {"seed", "steps", "method", "tau", "edits.direction", "customId"}) {
            assertEquals(first.<Object>path(field), rerun.<Object>path(field), field);
        }
        assertEquals(sha256(first, "input"), sha256(rerun, "input"));
        assertEquals(sha256(first, "latents.safetensors"), sha256(rerun, "latents.safetensors"));
        assertNotEquals(first.<Object>path("id"), rerun.<Object>path("id"));
    }

    @Test
    void callersFindTheirInversionsByTheirOwnNames() {
        form("1")
                .multiPart("customId", key)
                .post(INVERSIONS)
                .then()
                .statusCode(202)
                .body("customId", equalTo(key));
        given().queryParam("customId", key)
                .get(INVERSIONS)
                .then()
                .statusCode(200)
                .body("items", hasSize(1));
        given().queryParam("createdFrom", "2100-01-01T00:00:00Z")
                .get(INVERSIONS)
                .then()
                .statusCode(200)
                .body("items", hasSize(0));
        given().queryParam("createdFrom", "yesterday").get(INVERSIONS).then().statusCode(400);
    }

    @Test
    void whatWasDeletedAfterItsRetentionIsGone() {
        String location = finished();
        String id = location.substring(location.lastIndexOf('/') + 1);
        given().contentType("application/json")
                .body("{\"expiresAt\":\"2020-01-01T00:00:00Z\"}")
                .patch(location + "/retention")
                .then()
                .statusCode(422);
        database.preparedQuery("update jobs set expires_at = now() - interval '1 minute' where id = $1")
                .execute(Tuple.of(UUID.fromString(id)))
                .await()
                .atMost(Duration.ofSeconds(20));
        retention.deleteExpiredJobs().await().atMost(Duration.ofSeconds(20));
        for (String path : new String[] {"", "/artefacts/input", "/events"}) {
            given().get(location + path).then().statusCode(410).body("kind", equalTo("result-expired"));
        }
    }

    @Test
    void theServiceTellsWhereEverythingIs() {
        given().get("/v1").then().statusCode(200).body("links.inversions", equalTo(INVERSIONS));
    }

    private static String finished() {
        Response done = form("1").header("Prefer", "wait=30").post(INVERSIONS);
        done.then().statusCode(200).body("state", equalTo("SUCCEEDED"));
        return done.header("Location");
    }

    private static String sha256(Response inversion, String artefact) {
        return inversion.path("artefacts.find { it.name == '" + artefact + "' }.sha256");
    }

    private static RequestSpecification form(String steps) {
        return given().multiPart("image", "photo.png", IMAGE, "image/png")
                .multiPart("method", "wplus")
                .multiPart("steps", steps)
                .multiPart("edits", "[{\"direction\":\"smile\",\"strength\":1.5}]");
    }
}
