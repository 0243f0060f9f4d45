package org.saminversion.standalone.serve;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.matchesRegex;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.specification.RequestSpecification;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.saminversion.model.TraceContext;

/** A caller's trace, from its request through Kafka and a worker to the receiver of its callbacks. */
@QuarkusTest
@QuarkusTestResource(ServiceBackends.class)
class TraceTest {
    private static final String TRACE_ID = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final String TRACEPARENT = "00-" + TRACE_ID + "-00f067aa0ba902b7-01";
    private static final long SOON_SECONDS = 60;

    private final Receiver receiver = new Receiver();

    @AfterEach
    void stopTheReceiver() {
        receiver.close();
    }

    @Test
    void aSubmissionsTraceReachesWorkerAndReceiver() throws Exception {
        try (WorkerLog log = WorkerLog.listen()) {
            String job = submission()
                    .header(TraceContext.HEADER, TRACEPARENT)
                    .multiPart("seed", Long.toString(ScriptedEngine.POISONED))
                    .multiPart("customId", "shelf-12")
                    .multiPart("callback", "{\"url\":\"" + receiver.url() + "\",\"events\":[\"state\"]}")
                    .post("/v1/inversions")
                    .then()
                    .statusCode(202)
                    .body("traceId", equalTo(TRACE_ID))
                    .extract()
                    .path("id");
            for (Receiver.Message told : receiver.await(3, SOON_SECONDS)) {
                assertEquals(TRACEPARENT, told.traceparent(), told.type());
                assertEquals(
                        "shelf-12", told.body().path("data").path("customId").asText());
            }
            assertTrue(
                    log.fieldsOf(job).contains(Map.of("jobId", job, "traceId", TRACE_ID)),
                    () -> log.fieldsOf(job).toString());
        }
    }

    @Test
    void aTraceBeginsWhereNoneOrAMalformedOneComes() throws Exception {
        for (String header : new String[] {"none", "00-" + TRACE_ID + "-0000000000000000-01"}) {
            String traceId = submission()
                    .header(TraceContext.HEADER, header)
                    .multiPart("callback", receiver.url())
                    .post("/v1/inversions")
                    .then()
                    .statusCode(202)
                    .body("traceId", matchesRegex("[0-9a-f]{32}"))
                    .extract()
                    .path("traceId");
            assertNotEquals(TRACE_ID, traceId);
        }
        for (Receiver.Message told : receiver.await(2, SOON_SECONDS)) {
            String traceId = given().get("/v1/inversions/" + told.subject()).path("traceId");
            assertEquals(
                    traceId,
                    TraceContext.parse(told.traceparent()).orElseThrow().traceId());
        }
    }

    @Test
    void theItemsOfABatchBelongToItsTraceAndHaveTheirNames() throws Exception {
        String batch = given().contentType("application/zip")
                .header(TraceContext.HEADER, TRACEPARENT)
                .queryParam("callback", receiver.url())
                .queryParam("defaults", "{\"method\":\"wplus\",\"steps\":2}")
                .body(archive("anna.png"))
                .post("/v1/batches")
                .then()
                .statusCode(202)
                .extract()
                .header("Location");
        assertEquals(TRACEPARENT, receiver.await(1, SOON_SECONDS).get(0).traceparent());
        given().get("/v1/inversions?customId=anna.png&limit=1")
                .then()
                .body("items[0].traceId", equalTo(TRACE_ID))
                .body("items[0].lane", equalTo("BULK"));
        given().get(batch).then().body("counts.succeeded", equalTo(1));
    }

    private static byte[] archive(String name) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry(name));
            zip.write(Pictures.png(20, 20));
        }
        return bytes.toByteArray();
    }

    private static RequestSpecification submission() {
        return given().multiPart("image", "photo.png", Pictures.png(20, 20), "image/png")
                .multiPart("method", "wplus")
                .multiPart("steps", "2");
    }
}
