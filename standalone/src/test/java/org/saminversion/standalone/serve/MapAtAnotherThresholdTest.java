package org.saminversion.standalone.serve;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.saminversion.inversion.image.ImageReader;
import org.saminversion.inversion.image.RgbImage;

/** The scripted map has two halves: the left has no error in W+, the right an error of 1; F6 has none anywhere. */
@QuarkusTest
@QuarkusTestResource(ServiceBackends.class)
class MapAtAnotherThresholdTest {
    @Test
    void theMapIsRefinedAgainFromTheStoredErrors() {
        String location = Inversions.succeeded("sam", 3);
        given().get(location + "/map?tau=0.5")
                .then()
                .statusCode(200)
                .body("tau", equalTo(0.5f))
                .body("segments", hasSize(2))
                .body("segments[0].space", equalTo("W+"))
                .body("segments[1].space", equalTo("F6"))
                .body("segments[1].errors.'W+'", equalTo(1f))
                .body("shares.'W+'", equalTo(0.5f))
                .body("colours.'W+'", equalTo("#00629b"));
        given().get(location + "/map?tau=1")
                .then()
                .statusCode(200)
                .body("segments.space", equalTo(List.of("W+", "W+")))
                .body("shares.F6", equalTo(0f));
    }

    @Test
    void theSegmentsOfThePixelsComeAsAPicture() {
        String location = Inversions.succeeded("sam", 3);
        String labels = given().get(location + "/map")
                .then()
                .body("spaces", equalTo(List.of("W+", "F6")))
                .extract()
                .path("labels");
        RgbImage segments = ImageReader.read(given().get(labels).asByteArray());
        assertEquals(0, segments.value(0, 0, 2));
        assertEquals(1, segments.value(63, 63, 2));
    }

    @Test
    void itsOwnThresholdGivesThePictureThatWasStored() {
        String location = Inversions.succeeded("sam", 3);
        byte[] stored = given().get(location + "/artefacts/map.png").asByteArray();
        assertArrayEquals(stored, given().get(location + "/map/picture").asByteArray());
        String link = given().get(location + "/map?tau=1").path("picture");
        RgbImage blue = ImageReader.read(given().get(link).asByteArray());
        assertEquals(0x9b, blue.value(63, 0, 2), "all of it is W+");
    }

    @Test
    void anInversionWithAnotherThresholdSkipsTheSegmenter() {
        String first = Inversions.succeeded("sam", 3);
        String location = withTau(first, "{\"tau\": 1}")
                .then()
                .statusCode(202)
                .body("state", equalTo("READY"))
                .body("tau", equalTo(1f))
                .extract()
                .header("Location");
        Inversions.awaitState(location, "SUCCEEDED");
        String events = given().get(location + "/events").asString();
        assertFalse(events.contains("MAPPING"), events);
        given().get(location).then().body("shares.'W+'", equalTo(1f));
        assertArrayEquals(
                given().get(first + "/map/picture?tau=1").asByteArray(),
                given().get(location + "/artefacts/map.png").asByteArray());
    }

    @Test
    void anInversionWithANonsensicalThresholdIsRefused() {
        String first = Inversions.succeeded("sam", 3);
        withTau(first, "{\"tau\": 7}").then().statusCode(422).body("kind", equalTo("parameter-out-of-range"));
        for (String body : new String[] {"", "[]", "{}", "{\"tau\": 1, \"steps\": 2}"}) {
            withTau(first, body).then().statusCode(400).body("kind", equalTo("request-malformed"));
        }
        withTau(Inversions.succeeded("wplus", 3), "{\"tau\": 1}").then().statusCode(409);
    }

    private static Response withTau(String location, String body) {
        return given().contentType(ContentType.JSON).body(body).post(location + "/with-tau");
    }

    @Test
    void whatIsWrongIsSaid() {
        String location = Inversions.succeeded("sam", 3);
        for (String tau : new String[] {"-1", "2.5", "NaN", "x"}) {
            given().get(location + "/map?tau=" + tau)
                    .then()
                    .statusCode(422)
                    .body("kind", equalTo("parameter-out-of-range"));
        }
        String withoutMap = Inversions.succeeded("wplus", 3);
        given().get(withoutMap + "/map").then().statusCode(409).body("kind", equalTo("inversion-unfinished"));
        given().get("/v1/inversions/9f3b6f2e-1111-4222-8333-444455556666/map")
                .then()
                .statusCode(404);
    }
}
