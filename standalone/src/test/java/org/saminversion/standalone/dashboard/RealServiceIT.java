package org.saminversion.standalone.dashboard;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.saminversion.inversion.image.ImageReader;
import org.saminversion.standalone.RunningService;
import org.saminversion.standalone.rules.Project;

/** Pages of the service as a process of its own, with its real engine. */
class RealServiceIT {
    private static final int COMMAND_SECONDS_MAX = 120;

    @TempDir
    private static Path folder;

    private static RunningService service;

    @RegisterExtension
    final Browsing browsing = new Browsing(() -> service.address());

    @BeforeAll
    static void start() throws IOException {
        Files.createSymbolicLink(folder.resolve("sam"), Project.root().resolve("sam"));
        service = RunningService.start(folder);
    }

    @AfterAll
    static void stop() throws InterruptedException {
        service.stop();
    }

    @Test
    void whatTheStudioSaysToDoElsewhereGivesTheSamePicture() throws IOException, InterruptedException {
        String job = submit();
        Page page = browsing.open("/dashboard/jobs/" + job);
        assertThat(page.locator("#summary .state")).hasText("succeeded");
        page.getByText("Edit", new Page.GetByTextOptions().setExact(true)).click();
        page.getByText("layers").first().click();
        page.locator("#end-smile").fill("5");
        page.getByLabel("Strength of smile").fill("1.5");
        page.getByLabel("Strength of pca-00").fill("-1");
        page.getByText("Save this edit").click();
        Locator link = page.locator("#saved li a");
        assertThat(link).hasText(Pattern.compile("rendering-\\d+\\.png"));

        byte[] byRequest = edited(page.locator("#curl").textContent());
        byte[] byCommand = edited(page.locator("#command").textContent());

        byte[] saved = given().get(service.address() + link.getAttribute("href"))
                .then()
                .statusCode(200)
                .extract()
                .asByteArray();
        assertArrayEquals(pixels(saved), pixels(byRequest));
        assertArrayEquals(pixels(saved), pixels(byCommand));
    }

    @Test
    void anOpenPageGoesOnWhenItsServiceIsKilledAndStartedAgain() throws IOException, InterruptedException {
        String before = submit();
        Page page = browsing.open("/dashboard/jobs");
        assertThat(page.locator("#job-" + before + " .state")).hasText("succeeded");
        page.evaluate("window.mark = 1");

        service.kill();
        assertThat(page.locator("#link-state")).hasText("reconnecting");
        service = service.startAgain();
        assertThat(page.locator("#link-state")).hasText("live");

        String after = submit();
        assertThat(page.locator("#job-" + after + " .state")).hasText("succeeded");
        assertThat(page.locator("#job-" + before + " .state")).hasText("succeeded");
        assertEquals(1, page.evaluate("window.mark"), "the page was not loaded again");
        browsing.expectErrorsOf("ERR_");
    }

    /** Returns the id of a new inversion, a short one. */
    private static String submit() {
        return given().multiPart(
                        "image", Project.root().resolve("samples/face.png").toFile(), "image/png")
                .multiPart("method", "wplus")
                .multiPart("steps", "3")
                .post(service.address() + "/v1/inversions")
                .then()
                .statusCode(202)
                .extract()
                .path("id");
    }

    /** The picture that commands of the page write. */
    private static byte[] edited(String commands) throws IOException, InterruptedException {
        Path picture = folder.resolve("edited.png");
        Files.deleteIfExists(picture);
        Path output = folder.resolve("output.txt");
        Process process = new ProcessBuilder("bash", "-euo", "pipefail", "-c", commands)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        assertTrue(process.waitFor(COMMAND_SECONDS_MAX, TimeUnit.SECONDS), commands);
        assertEquals(0, process.exitValue(), commands + "\n" + Files.readString(output));
        return Files.readAllBytes(picture);
    }

    private static byte[] pixels(byte[] png) {
        return ImageReader.read(png).pixels();
    }
}
