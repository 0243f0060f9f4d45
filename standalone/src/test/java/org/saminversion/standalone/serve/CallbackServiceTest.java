package org.saminversion.standalone.serve;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Callbacks over HTTP, from the submission to the receiver. */
@QuarkusTest
@QuarkusTestResource(ServiceBackends.class)
class CallbackServiceTest {
    private static final String ENDPOINTS = "/v1/endpoints";
    private static final String DELIVERIES = "/v1/deliveries";
    private static final long SOON_SECONDS = 60;

    private final Receiver receiver = new Receiver();

    @AfterEach
    void stopTheReceiver() {
        receiver.close();
    }

    @Test
    void theEndOfAnInversionIsTold() throws Exception {
        receiver.trust(() -> secretOf(receiver.url()));
        String job = submit("\"callback\":\"" + receiver.url() + "\"");
        Receiver.Message told = receiver.await(1, SOON_SECONDS).get(0);
        assertTrue(told.genuine());
        assertEquals("inversion.succeeded", told.type());
        assertEquals(job, told.subject());
        assertEquals("SUCCEEDED", told.body().path("data").path("state").asText());
        assertEquals(30.0, told.body().path("data").path("psnrDecibel").asDouble());

        JsonPath list = awaitDelivery("subject=" + job, "DELIVERED");
        assertEquals(1, list.getList("items").size());
        String delivery = DELIVERIES + "/" + list.getString("items[0].id");
        given().get(delivery)
                .then()
                .statusCode(200)
                .body("messageId", equalTo(told.id()))
                .body("tries", hasSize(1))
                .body("tries[0].status", equalTo(204))
                .body("body.type", equalTo("inversion.succeeded"))
                .body("body.data.id", equalTo(job));

        given().get("/q/metrics")
                .then()
                .body(containsString("sam_callback_seconds_count{outcome=\"accepted\"}"))
                .body(containsString("sam_callbacks_waiting"))
                .body(containsString("sam_callback_lag_seconds"));

        given().post(delivery + "/redeliver").then().statusCode(202).body("state", equalTo("PENDING"));
        assertEquals(told.id(), receiver.await(2, SOON_SECONDS).get(1).id());
    }

    @Test
    void aFormAsksForEveryChangeOfState() throws Exception {
        String id = given().multiPart("image", "photo.png", Pictures.png(20, 20), "image/png")
                .multiPart("method", "wplus")
                .multiPart("steps", "2")
                .multiPart("callback", "{\"url\":\"" + receiver.url() + "\",\"events\":[\"state\"]}")
                .post("/v1/inversions")
                .then()
                .statusCode(202)
                .extract()
                .path("id");
        List<Receiver.Message> told = receiver.await(3, SOON_SECONDS);
        assertEquals(
                List.of("inversion.ready", "inversion.running", "inversion.succeeded"),
                told.stream().map(Receiver.Message::type).toList());
        assertTrue(told.stream().allMatch(message -> message.subject().equals(id)));
    }

    @Test
    void anEndpointIsMadeReadChangedRotatedAndDeleted() {
        String url = receiver.url();
        ValidatableResponse made = create("{\"url\":\"" + url + "\",\"description\":\"shop\"}")
                .statusCode(201)
                .body("url", equalTo(url))
                .body("events", contains("completed"))
                .body("enabled", equalTo(true))
                .body("secret", startsWith("whsec_"));
        String location = made.extract().header("Location");
        String secret = made.extract().path("secret");
        create("{\"url\":\"" + url + "\"}").statusCode(409).body("kind", equalTo("endpoint-exists"));
        given().get(location).then().statusCode(200).body("secret", nullValue());
        given().get(ENDPOINTS).then().statusCode(200).body("items.url", hasItem(url));

        given().contentType("application/json")
                .body("{\"events\":[\"progress\",\"state\"]}")
                .patch(location)
                .then()
                .statusCode(200)
                .body("events", contains("state", "progress"))
                .body("description", equalTo("shop"));

        String next = given().post(location + "/secret/rotate")
                .then()
                .statusCode(200)
                .extract()
                .path("secret");
        given().get(location + "/secret").then().statusCode(200).body("secrets", equalTo(List.of(next, secret)));

        given().post(location + "/disable").then().statusCode(200).body("enabled", equalTo(false));
        given().post(location + "/enable")
                .then()
                .statusCode(200)
                .body("enabled", equalTo(true))
                .body("disabledReason", nullValue());
        given().delete(location).then().statusCode(204);
        given().get(location).then().statusCode(404).body("kind", equalTo("not-found"));
        given().delete(location).then().statusCode(404);
    }

    @Test
    void aPingArrivesAndAReceiverThatIsGoneIsDisabled() throws Exception {
        String endpoint = create("{\"url\":\"" + receiver.url() + "\"}")
                .statusCode(201)
                .extract()
                .header("Location");
        String id = endpoint.substring(endpoint.lastIndexOf('/') + 1);
        given().post(endpoint + "/ping").then().statusCode(202).body("type", equalTo("endpoint.ping"));
        assertEquals("endpoint.ping", receiver.await(1, SOON_SECONDS).get(0).type());

        receiver.behave(message -> 410);
        given().post(endpoint + "/ping").then().statusCode(202);
        JsonPath gone = awaitDelivery("endpoint=" + id + "&state=GONE", "GONE");
        given().get(endpoint)
                .then()
                .body("enabled", equalTo(false))
                .body("disabledReason", equalTo("It answered 410 Gone."));
        String delivery = DELIVERIES + "/" + gone.getString("items[0].id");
        given().post(delivery + "/redeliver").then().statusCode(409).body("kind", equalTo("endpoint-disabled"));

        receiver.behave(message -> 204);
        given().post(endpoint + "/enable").then().statusCode(200);
        given().post(delivery + "/redeliver").then().statusCode(202);
        receiver.await(2, SOON_SECONDS);
    }

    @Test
    void wrongEndpointsAreRefused() {
        create("[]").statusCode(400).body("kind", equalTo("request-malformed"));
        create("{}").statusCode(400).body("kind", equalTo("request-malformed"));
        create("{\"url\":7}").statusCode(400).body("kind", equalTo("request-malformed"));
        create("{\"url\":\"https://a.example\",\"uri\":1}").statusCode(400);
        create("{\"url\":\"https://a.example\",\"events\":\"all\"}").statusCode(400);
        create("{\"url\":\"https://a.example\",\"description\":\"\\u0000\"}").statusCode(400);
        create("{\"url\":\"ftp://a.example\"}").statusCode(422).body("kind", equalTo("callback-url-refused"));
        for (String nowhere : List.of("/nonsense", "/" + UUID.randomUUID())) {
            given().get(ENDPOINTS + nowhere).then().statusCode(404);
            given().post(ENDPOINTS + nowhere + "/ping").then().statusCode(404);
            given().get(DELIVERIES + nowhere).then().statusCode(404);
            given().post(DELIVERIES + nowhere + "/redeliver").then().statusCode(404);
        }
        for (String query : List.of("endpoint=x", "subject=x", "state=x", "after=x", "limit=x")) {
            given().get(DELIVERIES + "?" + query)
                    .then()
                    .statusCode(query.startsWith("limit") ? 422 : 400)
                    .contentType("application/problem+json");
        }
    }

    @Test
    void anImageIsFetchedByItsUrl() throws Exception {
        byte[] image = Pictures.png(20, 20);
        HttpServer pictures = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        serve(pictures, "/photo", 200, image);
        serve(pictures, "/text", 200, "no picture".getBytes());
        serve(pictures, "/missing", 404, new byte[] {1});
        serve(pictures, "/moved", 302, new byte[] {1});
        pictures.start();
        try {
            String root = "http://127.0.0.1:" + pictures.getAddress().getPort();
            String location =
                    submitImage(root + "/photo").statusCode(202).extract().header("Location");
            assertArrayEquals(image, given().get(location + "/artefacts/input").asByteArray());
            submitImage(root + "/text").statusCode(422).body("kind", equalTo("image-unreadable"));
            submitImage(root + "/missing").statusCode(422).body("kind", equalTo("image-url-failed"));
            submitImage(root + "/moved").statusCode(422).body("kind", equalTo("image-url-failed"));
        } finally {
            pictures.stop(0);
        }
    }

    private static void serve(HttpServer server, String path, int status, byte[] body) {
        server.createContext(path, exchange -> {
            exchange.getResponseHeaders().add("Location", "/photo");
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
    }

    private static ValidatableResponse submitImage(String url) {
        return given().contentType("application/json")
                .body("{\"image\":\"" + url + "\",\"method\":\"wplus\",\"steps\":1}")
                .post("/v1/inversions")
                .then();
    }

    private static ValidatableResponse create(String body) {
        return given().contentType("application/json")
                .body(body)
                .post(ENDPOINTS)
                .then();
    }

    private static String submit(String more) {
        return given().contentType("application/json")
                .body("{\"image\":\"data:image/png;base64,"
                        + Base64.getEncoder().encodeToString(Pictures.png(20, 20))
                        + "\",\"method\":\"wplus\",\"steps\":2," + more + "}")
                .post("/v1/inversions")
                .then()
                .statusCode(202)
                .extract()
                .path("id");
    }

    /** As an application finds it that has only named a URL. */
    static String secretOf(String url) {
        String id = given().get(ENDPOINTS + "?limit=200")
                .then()
                .extract()
                .path("items.find { it.url == '" + url + "' }.id");
        return given().get(ENDPOINTS + "/" + id + "/secret").then().extract().path("secrets[0]");
    }

    private static JsonPath awaitDelivery(String query, String state) throws InterruptedException {
        long end = System.nanoTime() + SOON_SECONDS * 1_000_000_000L;
        JsonPath list;
        do {
            list = given().get(DELIVERIES + "?" + query)
                    .then()
                    .statusCode(200)
                    .extract()
                    .jsonPath();
            if (list.getList("items.state").contains(state)) {
                return list;
            }
            new CountDownLatch(1).await(50, TimeUnit.MILLISECONDS);
        } while (System.nanoTime() < end);
        throw new AssertionError("no delivery became " + state + ": " + list.prettify());
    }
}
