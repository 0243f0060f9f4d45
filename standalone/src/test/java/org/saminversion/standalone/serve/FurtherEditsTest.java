package org.saminversion.standalone.serve;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import org.junit.jupiter.api.Test;
import org.saminversion.inversion.image.ImageReader;

/** Edits of an inversion that is over, over HTTP, with a scripted engine whose pictures have the strength's value. */
@QuarkusTest
@QuarkusTestResource(ServiceBackends.class)
class FurtherEditsTest {
    @Test
    void anEditIsAnsweredWithinTheRequest() {
        String location = Inversions.succeeded("wplus", 3);
        String picture = edit(location, "{\"edits\":[{\"direction\":\"smile\",\"strength\":7}]}")
                .statusCode(201)
                .body("state", equalTo("DONE"))
                .body("number", equalTo(1))
                .body("edits[0].layers", equalTo(java.util.List.of(0, 10)))
                .extract()
                .path("picture");
        byte[] png = given().get(picture).then().statusCode(200).extract().asByteArray();
        assertEquals(7, ImageReader.read(png).value(0, 0, 0));
    }

    @Test
    void thePictureItselfComesWhenItIsAskedFor() {
        String location = Inversions.succeeded("wplus", 3);
        byte[] png = given().accept("image/png")
                .contentType("application/json")
                .body("{\"edits\":[{\"direction\":\"smile\",\"strength\":9,\"layers\":[2,5]}]}")
                .post(location + "/edits")
                .then()
                .statusCode(201)
                .contentType("image/png")
                .header("Location", containsString("/edits/1"))
                .extract()
                .asByteArray();
        assertEquals(9, ImageReader.read(png).value(0, 0, 0));
    }

    @Test
    void editsAreNumberedListedAndFound() {
        String location = Inversions.succeeded("wplus", 3);
        for (int strength = 1; strength <= 3; strength++) {
            edit(location, "{\"edits\":[{\"direction\":\"smile\",\"strength\":" + strength + "}]}")
                    .statusCode(201);
        }
        given().get(location + "/edits/2")
                .then()
                .statusCode(200)
                .body("edits[0].strength", equalTo(2f))
                .body("picture", startsWith("/v1/inversions/"));
        String next = given().get(location + "/edits?limit=2")
                .then()
                .statusCode(200)
                .body("items", hasSize(2))
                .extract()
                .path("next");
        given().get(next).then().statusCode(200).body("items", hasSize(1)).body("items[0].number", equalTo(3));
        given().get(location + "/edits/4").then().statusCode(404).body("kind", equalTo("not-found"));
        given().get(location + "/edits/x").then().statusCode(404).body("kind", equalTo("not-found"));
    }

    @Test
    void aPreviewIsAnsweredLikeAnyOtherEditAndNotTold() {
        String location = Inversions.succeeded("wplus", 3);
        String picture = edit(location, "{\"edits\":[{\"direction\":\"smile\",\"strength\":5}],\"preview\":true}")
                .statusCode(201)
                .body("state", equalTo("DONE"))
                .body("preview", equalTo(true))
                .extract()
                .path("picture");
        given().get(picture).then().statusCode(200).contentType("image/png");
        assertFalse(given().get(location + "/events").asString().contains("event:edit"));
    }

    @Test
    void aCallerNeedNotWait() {
        String location = Inversions.succeeded("wplus", 3);
        given().header("Prefer", "respond-async")
                .contentType("application/json")
                .body("{\"edits\":[{\"direction\":\"smile\",\"strength\":1}]}")
                .post(location + "/edits")
                .then()
                .statusCode(202)
                .body("state", equalTo("PENDING"));
    }

    @Test
    void anEditNeverWaitsBehindAnOptimisation() {
        String location = Inversions.succeeded("wplus", 3);
        String busy = Inversions.submit("wplus", 2_000, ScriptedEngine.SLOW_FROM + 7);
        Inversions.awaitState(busy, "RUNNING");
        edit(location, "{\"edits\":[{\"direction\":\"smile\",\"strength\":1}]}")
                .statusCode(201)
                .body("state", equalTo("DONE"));
        given().get(busy).then().body("state", equalTo("RUNNING"));
        given().delete(busy).then().statusCode(202);
    }

    @Test
    void whatIsWrongIsSaid() {
        String location = Inversions.succeeded("wplus", 3);
        edit(location, "{}").statusCode(400).body("kind", equalTo("request-malformed"));
        edit(location, "{\"edits\":[").statusCode(400).body("kind", equalTo("request-malformed"));
        edit(location, "{\"edits\":[{\"direction\":\"smile\",\"strength\":1}],\"preview\":\"yes\"}")
                .statusCode(400)
                .body("detail", containsString("preview"));
        edit(location, "{\"edits\":[{\"direction\":\"smlie\",\"strength\":1}]}")
                .statusCode(422)
                .body("kind", equalTo("direction-unknown"));
        edit(location, "{\"edits\":[{\"direction\":\"smile\",\"strength\":21}]}")
                .statusCode(422)
                .body("kind", equalTo("parameter-out-of-range"));
        for (String layers : new String[] {"[0,11]", "[3,3]", "[-1,2]", "[0]", "7", "[0.5,2]", "[0,4294967298]"}) {
            edit(location, "{\"edits\":[{\"direction\":\"smile\",\"strength\":1,\"layers\":" + layers + "}]}")
                    .statusCode(422)
                    .body("detail", containsString("layers"));
        }
        String running = Inversions.submit("wplus", 2_000, ScriptedEngine.SLOW_FROM + 8);
        edit(running, "{\"edits\":[{\"direction\":\"smile\",\"strength\":1}]}")
                .statusCode(409)
                .body("kind", equalTo("inversion-unfinished"));
        given().delete(running).then().statusCode(202);
        edit("/v1/inversions/9f3b6f2e-1111-4222-8333-444455556666", "{\"edits\":[]}")
                .statusCode(404);
    }

    private static ValidatableResponse edit(String location, String body) {
        return given().contentType("application/json")
                .body(body)
                .post(location + "/edits")
                .then();
    }
}
