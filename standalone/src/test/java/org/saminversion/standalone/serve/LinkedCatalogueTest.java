package org.saminversion.standalone.serve;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;

/** A catalogue whose pictures lie elsewhere, and whose end is told. */
@QuarkusTest
@QuarkusTestResource(ServiceBackends.class)
class LinkedCatalogueTest {
    private static final String BATCHES = "/v1/batches";
    private static final long SOON_SECONDS = 60;

    @Test
    void picturesAreFetchedAndTheEndIsToldOnce() throws Exception {
        HttpServer pictures = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        pictures.createContext("/", exchange -> {
            byte[] body =
                    exchange.getRequestURI().getPath().equals("/face.png") ? Pictures.png(20, 20) : new byte[] {1};
            exchange.sendResponseHeaders(body.length == 1 ? 404 : 200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        pictures.start();
        try (Receiver receiver = new Receiver()) {
            receiver.trust(() -> CallbackServiceTest.secretOf(receiver.url()));
            String root = "http://127.0.0.1:" + pictures.getAddress().getPort();
            String batch = given().contentType("text/uri-list")
                    .queryParam("defaults", "{\"method\":\"wplus\",\"steps\":1}")
                    .queryParam("callback", receiver.url())
                    .body(root + "/face.png\n" + root + "/missing.png\n")
                    .post(BATCHES)
                    .then()
                    .statusCode(202)
                    .extract()
                    .header("Location");
            Receiver.Message told = receiver.await(1, SOON_SECONDS).get(0);
            assertTrue(told.genuine());
            assertEquals("batch.done", told.type());
            assertTrue(batch.endsWith(told.subject()));
            assertEquals(
                    1, told.body().path("data").path("counts").path("succeeded").asInt());
            assertEquals(
                    1, told.body().path("data").path("counts").path("failed").asInt());
            given().get(batch + "/results").then().statusCode(200).body(containsString("image-url-failed"));
            String deliveries = given().get(batch).then().extract().path("links.deliveries");
            given().urlEncodingEnabled(false)
                    .get(deliveries)
                    .then()
                    .statusCode(200)
                    .body("items.type", contains("batch.done"));
        } finally {
            pictures.stop(0);
        }
    }

    @Test
    void callbacksThatCannotBeAreRefused() {
        refused("{\"format\":\"zip\",\"callback\":7}", 400, "request-malformed");
        refused(
                "{\"format\":\"zip\",\"callback\":{\"url\":\"https://a.example\",\"events\":[\"progress\"]}}",
                400,
                "request-malformed");
        refused("{\"format\":\"zip\",\"callback\":\"ftp://a.example\"}", 422, "callback-url-refused");
        refused("{\"format\":\"zip\",\"callback\":{\"endpoint\":\"mine\"}}", 422, "endpoint-unknown");
    }

    private static void refused(String body, int status, String kind) {
        given().contentType("application/json")
                .body(body)
                .post(BATCHES)
                .then()
                .statusCode(status)
                .body("kind", equalTo(kind));
    }
}
