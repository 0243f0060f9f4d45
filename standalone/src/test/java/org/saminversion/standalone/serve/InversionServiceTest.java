package org.saminversion.standalone.serve;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.saminversion.standalone.serve.Inversions.awaitState;
import static org.saminversion.standalone.serve.Inversions.form;
import static org.saminversion.standalone.serve.Inversions.submit;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.HttpURLConnection;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The whole service over HTTP, with a real broker, a real database, and a scripted engine. */
@QuarkusTest
@QuarkusTestResource(ServiceBackends.class)
class InversionServiceTest {
    private static final String INVERSIONS = Inversions.PATH;
    private static final int SOON_SECONDS = Inversions.SOON_SECONDS;

    @TestHTTPResource("/")
    URL root;

    @Test
    void aPhotographBecomesAMapAReconstructionLatentsAndEdits() {
        byte[] image = Pictures.png(80, 60);
        String location = form(image)
                .multiPart("bundle", "faces64")
                .multiPart("steps", "30")
                .multiPart("tau", "0.5")
                .multiPart("seed", "7")
                .multiPart("edits", "[{\"direction\":\"smile\",\"strength\":1.5}]")
                .post(INVERSIONS)
                .then()
                .statusCode(202)
                .body("state", equalTo("QUEUED"))
                .body("edits[0].direction", equalTo("smile"))
                .extract()
                .header("Location");

        JsonPath job = awaitState(location, "SUCCEEDED");
        assertEquals(30, job.getList("losses").size());
        assertEquals(30, job.getInt("progress.step"));
        assertEquals(30.0, job.getDouble("metrics.psnrDecibel"));
        assertEquals(0.5, job.getDouble("shares.'W+'"));
        assertEquals(0.5, job.getDouble("shares.F6"));
        assertEquals(
                List.of(
                        "edit-0.png",
                        "input",
                        "latents.safetensors",
                        "map.png",
                        "map.safetensors",
                        "reconstruction.png"),
                job.getList("artefacts.name"));
        for (String href : job.<String>getList("artefacts.href")) {
            given().get(href).then().statusCode(200);
        }
        assertArrayEquals(
                image, given().get(location + "/artefacts/input").body().asByteArray());
        String tag = given().get(location + "/artefacts/map.png")
                .then()
                .contentType("image/png")
                .header("X-Content-Type-Options", "nosniff")
                .extract()
                .header("ETag");
        given().header("If-None-Match", tag)
                .get(location + "/artefacts/map.png")
                .then()
                .statusCode(304);
    }

    @Test
    void jsonWithADataUrlDoesTheSame() {
        String location = given().contentType("application/json")
                .body("{\"image\":\"data:image/png;base64,"
                        + Base64.getEncoder().encodeToString(Pictures.png(20, 20))
                        + "\",\"method\":\"wplus\",\"steps\":5,\"seed\":1,"
                        + "\"edits\":[{\"direction\":\"smile\",\"strength\":-1}]}")
                .post(INVERSIONS)
                .then()
                .statusCode(202)
                .body("state", equalTo("READY"))
                .extract()
                .header("Location");
        JsonPath job = awaitState(location, "SUCCEEDED");
        assertEquals(1.0, job.getDouble("shares.'W+'"));
        given().get(location + "/artefacts/map.png").then().statusCode(404).body("kind", equalTo("not-found"));
    }

    @Test
    void whatIsChosenAboutTheMethodGoesAllTheWay() {
        String location = form(Pictures.png(20, 20))
                .multiPart("method", "SAM")
                .multiPart("steps", "3")
                .multiPart("optimizer", "quasi-newton")
                .multiPart("settings", "{\"measured-map\": 1, \"lpips\": 2.5, \"learning-rate\": 0.05}")
                .post(INVERSIONS)
                .then()
                .statusCode(202)
                .body("method", equalTo("sam"))
                .extract()
                .header("Location");
        Map<String, Float> chosen =
                Map.of("measured-map", 1f, "lpips", 2.5f, "memory", 60f, "ramp-down", 0f, "ramp-up", 0f);
        assertEquals(chosen, awaitState(location, "SUCCEEDED").getMap("settings"));
        for (String again : List.of("rerun", "with-tau")) {
            given().contentType("application/json")
                    .body(again.equals("rerun") ? "" : "{\"tau\": 0.3}")
                    .post(location + "/" + again)
                    .then()
                    .statusCode(202)
                    .body("settings", equalTo(chosen));
        }
    }

    @Test
    void aMethodOfOnePassTakesOneStepWhateverIsAsked() {
        JsonPath job = awaitState(submit("e4e", 400, 1), "SUCCEEDED");
        assertEquals(1, job.getInt("steps"));
        assertEquals(1, job.getList("losses").size());
    }

    @Test
    void eventsStreamUntilTheEndAndResumeWhereTheyWereLeft() throws Exception {
        String location = submit("sam", 40, ScriptedEngine.SLOW_FROM);
        List<String> all = readEvents(location, "0");
        assertEquals("data:{\"state\":\"QUEUED\",\"attempts\":0}", compact(all.get(0)));
        assertTrue(all.stream().anyMatch(data -> data.contains("\"loss\"")), all.toString());
        assertTrue(all.get(all.size() - 1).contains("SUCCEEDED"), all.toString());
        List<String> rest = readEvents(location, "3");
        assertEquals(all.subList(3, all.size()), rest);
        assertEquals(List.of(), readEvents(location, Integer.toString(all.size())));
    }

    @Test
    void aRunningInversionIsCancelledWithinTwoSeconds() {
        String location = submit("wplus", 2_000, ScriptedEngine.SLOW_FROM + 1);
        awaitState(location, "RUNNING");
        Instant asked = Instant.parse(given().delete(location)
                .then()
                .statusCode(202)
                .body("state", equalTo("CANCELLING"))
                .extract()
                .path("updatedAt"));
        JsonPath job = awaitState(location, "CANCELLED");
        Duration took = Duration.between(asked, Instant.parse(job.getString("finishedAt")));
        assertTrue(took.compareTo(Duration.ofSeconds(2)) <= 0, "it took " + took);
        given().post(location + "/cancel").then().statusCode(409).body("kind", equalTo("job-over"));
    }

    @Test
    void aMappingInversionIsCancelledToo() {
        String location = submit("sam", 5, ScriptedEngine.SLOW_FROM + 2);
        given().post(location + "/cancel").then().statusCode(202);
        awaitState(location, "CANCELLED");
    }

    @Test
    void workThatFailsEveryTimeEndsWithItsReasonAndCanBeReplayed() {
        String location = submit("wplus", 5, ScriptedEngine.POISONED);
        JsonPath job = awaitState(location, "FAILED");
        assertEquals("work-poisoned", job.getString("failure.kind"));
        assertEquals("The loss is not a finite number at step 0.", job.getString("failure.detail"));
        assertEquals(1, job.getInt("attempts"));
        String id = job.getString("id");
        given().get("/v1/inversions?state=FAILED&failure=work-poisoned&limit=200")
                .then()
                .body("items.id", hasItem(id));
        given().get("/v1/inversions?failure=attempts-exhausted&limit=200")
                .then()
                .body("items.id", not(hasItem(id)));
        given().post(location + "/replay").then().statusCode(202).body("state", equalTo("QUEUED"));
        awaitState(location, "FAILED");
    }

    @Test
    void aPassingTroubleIsTriedAgain() {
        JsonPath job = awaitState(submit("wplus", 5, ScriptedEngine.TROUBLED_ONCE), "SUCCEEDED");
        assertEquals(2, job.getInt("attempts"));
        assertTrue(job.get("failure") == null, "an old trouble is no failure of a job that succeeded");
    }

    @Test
    void inversionsAreListedInPages() {
        for (int i = 0; i < 3; i++) {
            submit("wplus", 1, i);
        }
        JsonPath first = given().get(INVERSIONS + "?limit=2")
                .then()
                .statusCode(200)
                .body("items", hasSize(2))
                .extract()
                .jsonPath();
        given().urlEncodingEnabled(false)
                .get(first.getString("next"))
                .then()
                .statusCode(200)
                .body("items.id", not(hasItem(first.getString("items[0].id"))));
    }

    @Test
    void whatIsNotThereSaysSo() {
        for (String path : List.of(
                INVERSIONS + "/9f3b6f2e-1111-4222-8333-444455556666",
                INVERSIONS + "/nonsense",
                INVERSIONS + "/9f3b6f2e-1111-4222-8333-444455556666/events",
                INVERSIONS + "/9f3b6f2e-1111-4222-8333-444455556666/artefacts/input",
                "/v1/bundles/none",
                "/v1/nonsense")) {
            given().get(path)
                    .then()
                    .statusCode(404)
                    .contentType("application/problem+json")
                    .body("kind", equalTo("not-found"));
        }
    }

    @Test
    void bundlesTellWhatTheyTake() {
        given().get("/v1/bundles")
                .then()
                .statusCode(200)
                .body("name", hasItem("faces64"))
                .body("find { it.name == 'faces64' }.methods", hasItem("F4"))
                .body("find { it.name == 'faces64' }.directions.name", hasItem("smile"));
        given().get("/v1/bundles/faces64/methods")
                .then()
                .statusCode(200)
                .body("name", hasItem("hybrid"))
                .body("name", not(hasItem("pivotal-tuning")))
                .body("find { it.name == 'sam' }.settings.name", hasItem("measured-map"));
        given().get("/v1/bundles/none/methods").then().statusCode(404);
    }

    @Test
    void theServiceShowsWhatIsLeftAndWhatWasDone() {
        Inversions.succeeded("sam", 3);
        given().get("/q/metrics")
                .then()
                .statusCode(200)
                .body(containsString("sam_backlog_jobs{stage=\"run\"}"))
                .body(containsString("sam_backlog_seconds{stage=\"map\"}"))
                .body(containsString("sam_queue_age_seconds{stage=\"edit\"}"))
                .body(containsString("sam_outbox_age_seconds"))
                .body(containsString("sam_attempts_total{stage=\"run\"}"))
                .body(containsString("sam_work_seconds_count{outcome=\"done\",stage=\"map\"}"))
                .body(containsString("sam_step_seconds_count"));
    }

    @Test
    void theServiceDescribesItselfAndItsHealth() {
        given().get("/openapi").then().statusCode(200).body(containsString("/v1/inversions/{id}/events"));
        given().get("/q/health/ready").then().statusCode(200).body("status", equalTo("UP"));
    }

    private List<String> readEvents(String location, String lastEventId) throws Exception {
        URL address = new URL(root, new URL(location).getPath() + "/events");
        HttpURLConnection connection = (HttpURLConnection) address.openConnection();
        connection.setRequestProperty("Accept", "text/event-stream");
        connection.setRequestProperty("Last-Event-ID", lastEventId);
        connection.setReadTimeout(SOON_SECONDS * 1000);
        List<String> data = new ArrayList<>();
        try (BufferedReader reader =
                new BufferedReader(new InputStreamReader(connection.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                if (line.startsWith("data:")) {
                    data.add(line);
                }
            }
        }
        return data;
    }

    private static String compact(String json) {
        return json.replace(" ", "");
    }
}
