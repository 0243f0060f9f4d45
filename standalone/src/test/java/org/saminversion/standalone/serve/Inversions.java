package org.saminversion.standalone.serve;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.notNullValue;

import io.restassured.path.json.JsonPath;
import io.restassured.specification.RequestSpecification;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** What tests do over HTTP again and again. */
public final class Inversions {
    public static final String PATH = "/v1/inversions";
    static final int SOON_SECONDS = 30;

    private Inversions() {}

    static RequestSpecification form(byte[] image) {
        return given().multiPart("image", "photo.png", image, "image/png");
    }

    /** Returns the address of a new inversion. */
    public static String submit(String method, int steps, long seed) {
        return submit(Pictures.png(20, 20), method, steps, seed);
    }

    private static String submit(byte[] photograph, String method, int steps, long seed) {
        return form(photograph)
                .multiPart("method", method)
                .multiPart("steps", Integer.toString(steps))
                .multiPart("seed", Long.toString(seed))
                .post(PATH)
                .then()
                .statusCode(202)
                .body("id", notNullValue())
                .extract()
                .header("Location");
    }

    /** Returns the address of a new inversion that its caller calls so. */
    public static String submitNamed(String customId) {
        return form(Pictures.png(20, 20))
                .multiPart("method", "wplus")
                .multiPart("steps", "3")
                .multiPart("customId", customId)
                .post(PATH)
                .then()
                .statusCode(202)
                .extract()
                .header("Location");
    }

    /** Returns the address of an inversion that is done. */
    public static String succeeded(String method, int steps) {
        String location = submit(method, steps, 1);
        awaitState(location, "SUCCEEDED");
        return location;
    }

    /** Returns the address of an inversion of that photograph that is done. */
    public static String succeeded(byte[] photograph, String method, int steps) {
        String location = submit(photograph, method, steps, 1);
        awaitState(location, "SUCCEEDED");
        return location;
    }

    public static JsonPath awaitState(String location, String wanted) {
        return awaitState(location, wanted, SOON_SECONDS);
    }

    public static JsonPath awaitState(String location, String wanted, int seconds) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        String job;
        do {
            job = given().get(location).then().statusCode(200).extract().asString();
            // A path into JSON costs REST Assured a compiled script each time, which slowed down what is waited for.
            if (job.contains("\"state\":\"" + wanted + "\"")) {
                return JsonPath.from(job);
            }
            pause();
        } while (System.nanoTime() < end);
        throw new AssertionError(location + " did not become " + wanted + ": " + job);
    }

    private static void pause() {
        try {
            new CountDownLatch(1).await(50, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
