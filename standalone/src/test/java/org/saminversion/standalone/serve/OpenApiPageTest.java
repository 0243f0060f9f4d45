package org.saminversion.standalone.serve;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.saminversion.standalone.rules.Project;

/** {@code docs/openapi.yaml} is what the service answers at {@code /openapi}. {@code -Dsam.snapshots=write} renews it. */
@QuarkusTest
@QuarkusTestResource(ServiceBackends.class)
class OpenApiPageTest {
    private static final Path PAGE = Project.root().resolve("docs/openapi.yaml");

    @Test
    void theFileInTheRepositoryIsWhatTheServiceAnswers() throws IOException {
        String answered =
                given().get("/openapi").then().statusCode(200).extract().asString();
        assertTrue(
                answered.startsWith("---\nopenapi: 3."),
                answered.lines().limit(3).toList().toString());
        if (System.getProperty("sam.snapshots", "").equals("write")) {
            Files.writeString(PAGE, answered);
        }
        assertEquals(Project.read(PAGE), answered);
    }
}
