package org.saminversion.standalone.dashboard;

import static io.restassured.RestAssured.given;

import io.restassured.http.ContentType;
import io.restassured.specification.RequestSpecification;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.saminversion.model.Sha256;
import org.saminversion.standalone.rules.Project;
import org.saminversion.standalone.serve.Inversions;

/**
 * Something to look at: inversions of samples/ with several methods, a catalogue with errors, and a study with votes.
 *
 * @param job an inversion with a saved edit
 * @param photograph SHA-256 of one that was inverted with several methods
 * @param batch one with errors
 * @param study one with votes
 */
record Comparisons(String job, String photograph, String batch, String study) {
    private static final List<String> PHOTOGRAPHS = List.of("plain-face.png", "face.png");
    private static final List<String> METHODS = List.of("wplus", "F2", "F4", "F6", "sam");
    private static final String STEPS = "60";
    private static final String EDIT = "{\"edits\":[{\"direction\":\"smile\",\"strength\":-1.5}]}";

    /** @param callback told of the end of each inversion */
    static Comparisons make(String callback) throws IOException, InterruptedException {
        String job = "";
        for (String photograph : PHOTOGRAPHS) {
            for (String method : METHODS) {
                job = invert(photograph, method, callback);
            }
        }
        json().body(EDIT).post(Inversions.PATH + "/" + job + "/edits").then().statusCode(201);
        return new Comparisons(job, Sha256.of(Files.readAllBytes(sample(PHOTOGRAPHS.get(1)))), catalogue(), votes());
    }

    static Path sample(String name) {
        return Project.root().resolve("samples").resolve(name);
    }

    private static String invert(String photograph, String method, String callback) {
        RequestSpecification form = given().multiPart(
                        "image", sample(photograph).toFile(), "image/png")
                .multiPart("method", method)
                .multiPart("steps", STEPS)
                .multiPart("customId", photograph.replace(".png", "-") + method)
                .multiPart("callback", callback)
                .multiPart("edits", "[{\"direction\":\"smile\",\"strength\":1.5}]");
        if (method.equals("sam")) {
            form.multiPart("settings", "{\"measured-map\":1}");
        }
        String location =
                form.post(Inversions.PATH).then().statusCode(202).extract().header("Location");
        Inversions.awaitState(location, "SUCCEEDED", ScreensTest.PATIENCE_SECONDS);
        return id(location);
    }

    private static String catalogue() throws IOException, InterruptedException {
        ByteArrayOutputStream catalogue = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(catalogue)) {
            StringBuilder manifest = new StringBuilder("customId,file,steps,method\n");
            for (int number = 1; number <= 9; number++) {
                String photograph = PHOTOGRAPHS.get(number % 2);
                manifest.append("portrait-0").append(number).append(',').append(photograph);
                manifest.append(number == 4 ? ",0,wplus\n" : number == 7 ? ",20,magic\n" : ",20,wplus\n");
            }
            manifest.append("portrait-10,missing.png,20,wplus\n");
            add(zip, "manifest.csv", manifest.toString().getBytes(StandardCharsets.UTF_8));
            for (String photograph : PHOTOGRAPHS) {
                add(zip, photograph, Files.readAllBytes(sample(photograph)));
            }
        }
        String location = given().contentType("application/zip")
                .queryParam("name", "portraits of autumn")
                .body(catalogue.toByteArray())
                .post("/v1/batches")
                .then()
                .statusCode(202)
                .extract()
                .header("Location");
        awaitEnd(location);
        return id(location);
    }

    private static void awaitEnd(String batch) throws InterruptedException {
        while (given().get(batch).jsonPath().get("finishedAt") == null) {
            new CountDownLatch(1).await(200, TimeUnit.MILLISECONDS);
        }
    }

    private static String votes() {
        String location = json().body("{\"name\":\"sam and W+, first trial\",\"first\":{\"method\":\"sam\"},"
                        + "\"second\":{\"method\":\"wplus\"},\"votesPerPair\":20,\"seed\":7}")
                .post("/v1/studies")
                .then()
                .statusCode(201)
                .extract()
                .header("Location");
        for (int rater = 0; rater < 12; rater++) {
            for (int pair = 1; pair <= PHOTOGRAPHS.size(); pair++) {
                String chosen = (rater * 7 + pair) % 3 == 0 ? "left" : "right";
                json().body("{\"rater\":\"rater " + rater + "\",\"pair\":" + pair + ",\"chosen\":\"" + chosen + "\"}")
                        .post(location + "/votes")
                        .then()
                        .statusCode(204);
            }
        }
        return id(location);
    }

    private static void add(ZipOutputStream zip, String name, byte[] bytes) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(bytes);
    }

    private static RequestSpecification json() {
        return given().contentType(ContentType.JSON);
    }

    private static String id(String location) {
        return location.substring(location.lastIndexOf('/') + 1);
    }
}
