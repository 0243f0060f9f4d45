package org.saminversion.standalone.serve;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.blankOrNullString;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.saminversion.model.Sha256;

/** A preference study over HTTP, from two inversions of one photograph to the table of votes. */
@QuarkusTest
@QuarkusTestResource(ServiceBackends.class)
class StudiesTest {
    private static final String PATH = "/v1/studies";

    @Test
    void twoRatersVoteAndTheResultIsTold() {
        String study = begin("wplus", "F6");
        for (String rater : new String[] {"ada", "ben & co"}) {
            JsonPath ballot =
                    next(study, rater).then().statusCode(200).extract().jsonPath();
            assertEquals(1, ballot.getInt("remaining"));
            assertFalse(ballot.prettify().contains("wplus"), "a rater must not learn the method");
            byte[] left = given().urlEncodingEnabled(false)
                    .get(ballot.getString("left"))
                    .then()
                    .statusCode(200)
                    .contentType("image/png")
                    .extract()
                    .asByteArray();
            given().urlEncodingEnabled(false)
                    .get(ballot.getString("photograph"))
                    .then()
                    .statusCode(200);
            assertArrayEquals(
                    left,
                    given().urlEncodingEnabled(false)
                            .get(ballot.getString("left"))
                            .asByteArray());
            vote(study, "{\"rater\":\"" + rater + "\",\"pair\":1,\"chosen\":\"left\"}")
                    .statusCode(204);
            next(study, rater).then().statusCode(204);
        }
        given().get(study)
                .then()
                .statusCode(200)
                .body("votes", equalTo(2))
                .body("result.raters", equalTo(2))
                .body("result.shareOfLeft", equalTo(1f))
                .body("first.method", equalTo("wplus"));
        assertEquals(3, csv(study).size());
    }

    @Test
    void theTableOfVotesTellsWhatWasChosenWhereItStoodAndOfWhichInversions() {
        byte[] photograph = Pictures.png(22, 20);
        String first = Inversions.succeeded(photograph, "wplus", 3);
        String second = Inversions.succeeded(photograph, "F6", 3);
        String study = begin(photograph, "wplus", "F6");
        vote(study, "{\"rater\":\"ada\",\"pair\":1,\"chosen\":\"left\"}").statusCode(204);
        vote(study, "{\"rater\":\"ben, \\\"co\\\"\",\"pair\":1,\"chosen\":\"right\"}")
                .statusCode(204);
        vote(study, "{\"rater\":\"=1+1\",\"pair\":1,\"chosen\":\"left\"}").statusCode(204);
        List<String> lines = csv(study);
        assertEquals("pair,rater,chosen,contender,side,firstInversion,secondInversion,createdAt", lines.get(0));
        List<String> raters = List.of("\"'=1+1\"", "ada", "\"ben, \"\"co\"\"\"");
        List<String> sides = List.of("left", "left", "right");
        int forFirst = 0;
        for (int vote = 0; vote < raters.size(); vote++) {
            String line = lines.get(1 + vote);
            boolean chosenFirst = line.contains(",first,wplus,");
            forFirst += chosenFirst ? 1 : 0;
            String expected = "1," + raters.get(vote) + (chosenFirst ? ",first,wplus," : ",second,F6,")
                    + sides.get(vote) + "," + id(first) + "," + id(second) + ",";
            assertTrue(line.startsWith(expected), line);
            Instant.parse(line.substring(expected.length()));
        }
        given().get(study).then().body("result.forFirst", equalTo(forFirst));
    }

    @Test
    void studiesAreListedAndDeleted() {
        String study = begin("wplus", "F2");
        String id = id(study);
        given().get(PATH).then().statusCode(200).body("items.id", hasItem(id));
        given().delete(study).then().statusCode(204);
        given().get(PATH).then().body("items.id", not(hasItem(id)));
        given().get(study).then().statusCode(404);
        given().delete(study).then().statusCode(404);
    }

    @Test
    void whatIsWrongIsSaid() {
        String wplus = "\"first\":{\"method\":\"wplus\"}";
        post("{}").statusCode(400).body("detail", containsString("first"));
        post("{" + wplus + ",\"second\":{\"method\":\"wplus\"}}").statusCode(400);
        post("{" + wplus + ",\"second\":{\"method\":\"magic\"}}")
                .statusCode(422)
                .body("kind", equalTo("method-unknown"));
        post("{" + wplus + ",\"second\":{\"method\":\"F4\",\"steps\":9999}}")
                .statusCode(422)
                .body("kind", equalTo("study-empty"))
                .body("detail", containsString("F4, 9999 steps"));
        post("{" + wplus + ",\"second\":{\"method\":\"F4\"},\"shown\":\"input\"}")
                .statusCode(400);
        post("{" + wplus + ",\"second\":{\"method\":\"F4\"},\"votesPerPair\":0}")
                .statusCode(422);
        post("{" + wplus + ",\"second\":{\"method\":\"F4\"},\"photographs\":[\"x\"]}")
                .statusCode(400);

        String study = begin("wplus", "F4");
        next(study, " ").then().statusCode(400).body("detail", containsString("rater"));
        vote(study, "{\"rater\":\"ada\",\"pair\":99,\"chosen\":\"left\"}").statusCode(404);
        vote(study, "{\"rater\":\"ada\",\"pair\":1,\"chosen\":\"both\"}").statusCode(400);
        vote(study, "[]").statusCode(400).body("detail", not(blankOrNullString()));
        given().get(study + "/pairs/1/first?rater=ada").then().statusCode(404);
        given().get(study + "/pairs/0/left?rater=ada").then().statusCode(404);
    }

    /** Inverts one photograph with two methods. @return the address of a study of both, whatever else others have inverted */
    private static String begin(String first, String second) {
        byte[] photograph = Pictures.png(20, 20);
        Inversions.succeeded(photograph, first, 3);
        Inversions.succeeded(photograph, second, 3);
        return begin(photograph, first, second);
    }

    private static String begin(byte[] photograph, String first, String second) {
        return post("{\"first\":{\"method\":\"" + first + "\"},\"second\":{\"method\":\"" + second
                        + "\"},\"photographs\":[\"" + Sha256.of(photograph) + "\"]}")
                .statusCode(201)
                .body("pairs", equalTo(1))
                .extract()
                .header("Location");
    }

    private static List<String> csv(String study) {
        String csv = given().get(study + "/votes")
                .then()
                .statusCode(200)
                .contentType("text/csv")
                .extract()
                .asString();
        return List.of(csv.split("\r\n"));
    }

    private static String id(String location) {
        return location.substring(location.lastIndexOf('/') + 1);
    }

    private static Response next(String study, String rater) {
        return given().queryParam("rater", rater).get(study + "/next");
    }

    private static ValidatableResponse vote(String study, String body) {
        return given().contentType(ContentType.JSON)
                .body(body)
                .post(study + "/votes")
                .then();
    }

    private static ValidatableResponse post(String body) {
        return given().contentType(ContentType.JSON).body(body).post(PATH).then();
    }
}
