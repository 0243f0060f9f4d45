package org.saminversion.standalone.dashboard;

import static io.restassured.RestAssured.given;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.saminversion.standalone.rules.Project;
import org.saminversion.standalone.serve.Inversions;
import org.saminversion.standalone.serve.ScriptedEngines;
import org.saminversion.standalone.serve.ServiceBackends;

/** Writes pictures of every page to docs/screens, with the real engine at work: {@code ./sam test -- -Dsam.screens=write}. */
@QuarkusTest
@QuarkusTestResource(ServiceBackends.class)
@TestProfile(ScreensTest.RealEngine.class)
@EnabledIfSystemProperty(named = "sam.screens", matches = "write")
class ScreensTest {
    /** The engine needs some seconds for each job, and more on a busy machine. */
    static final int PATIENCE_SECONDS = 600;

    private static final Path FOLDER = Project.root().resolve("docs/screens");
    private static final File FACE = Project.root().resolve("samples/face.png").toFile();
    private static final File PLAIN_FACE =
            Project.root().resolve("samples/plain-face.png").toFile();

    /** What somebody does on a page before its picture is taken. */
    private static final Map<String, Consumer<Page>> ACTIONS = Map.of(
            "submit", page -> page.locator("#files").setInputFiles(new Path[] {FACE.toPath(), PLAIN_FACE.toPath()}),
            "studio", ScreensTest::edit,
            "rate", ScreensTest::beginToRate);

    /** The engine that the service has outside of tests. */
    public static final class RealEngine implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "quarkus.arc.exclude-types", ScriptedEngines.class.getName(), "sam.gpu.preview-every", "PT0.5S");
        }
    }

    @RegisterExtension
    final Browsing browsing = new Browsing();

    @Test
    void everyPageIsPictured() throws IOException, InterruptedException {
        Comparisons comparisons = Comparisons.make();
        String finished = submit(FACE, "sam", 80, "face");
        Inversions.awaitState(submit(PLAIN_FACE, "F4", 30, "plain-face"), "SUCCEEDED", PATIENCE_SECONDS);
        Inversions.awaitState(finished, "SUCCEEDED", PATIENCE_SECONDS);
        Inversions.awaitState(submit(FACE, "wplus", 30, "face-wplus"), "SUCCEEDED", PATIENCE_SECONDS);
        String running = submit(FACE, "sam", 5_000, "face-long");
        submit(PLAIN_FACE, "wplus", 5_000, "plain-face-long");
        Inversions.awaitState(running, "RUNNING", PATIENCE_SECONDS);

        Map<String, String> pages = new LinkedHashMap<>();
        pages.put("overview", "/dashboard");
        pages.put("jobs", "/dashboard/jobs");
        pages.put("job", page(finished));
        pages.put("job-running", page(running));
        pages.put("deliveries", "/dashboard/deliveries");
        pages.put("workers", "/dashboard/workers");
        pages.put("bundles", "/dashboard/bundles");
        pages.put("bundle", "/dashboard/bundles/faces64");
        pages.put("keys", "/dashboard/keys");
        pages.put("sign-in", "/dashboard/sign-in");
        pages.put("help", "/dashboard/help/runbook");
        pages.put("submit", "/dashboard/submit");
        pages.put("batches", "/dashboard/batches");
        pages.put("batch-new", "/dashboard/batches/new");
        pages.put("batch", "/dashboard/batches/" + comparisons.batch());
        pages.put("studio", "/dashboard/jobs/" + comparisons.job() + "/studio");
        pages.put("comparisons", "/dashboard/compare");
        pages.put("compare", "/dashboard/compare/" + comparisons.photograph());
        pages.put("studies", "/dashboard/studies");
        pages.put("study", "/dashboard/studies/" + comparisons.study());
        pages.put("rate", "/dashboard/studies/" + comparisons.study() + "/rate");
        BrowserContext light = browsing.newPerson(
                new Browser.NewContextOptions().setViewportSize(1280, 900).setColorScheme(ColorScheme.LIGHT));
        BrowserContext phone = browsing.onAPhone();
        pages.forEach((name, address) -> {
            picture(light, address, name);
            picture(phone, address, name + "-phone");
        });
        given().delete(running).then().statusCode(202);
    }

    private static void picture(BrowserContext person, String address, String name) {
        Page page = person.newPage();
        page.navigate(address);
        if (page.locator("#link-state").count() > 0) {
            page.waitForSelector("#link-state[data-state=live]");
        }
        ACTIONS.getOrDefault(name.replaceFirst("-phone$", ""), each -> {}).accept(page);
        page.waitForTimeout(1_200);
        page.screenshot(new Page.ScreenshotOptions()
                .setPath(FOLDER.resolve(name + ".png"))
                .setFullPage(true));
        page.close();
    }

    private static void edit(Page page) {
        page.locator("#strength-smile").fill("1.5");
        page.locator("#took[data-renderings='1']").waitFor();
        page.locator("#threshold[data-ready]").waitFor();
        page.locator("#tau").fill("0.45");
        page.locator("#map").hover();
    }

    private static void beginToRate(Page page) {
        page.locator("#rater").fill("somebody new");
        page.locator("#start button").click();
        page.locator("#progress:not(:empty)").waitFor();
    }

    private static String submit(File picture, String method, int steps, String name) {
        return given().multiPart("image", picture, "image/png")
                .multiPart("method", method)
                .multiPart("steps", Integer.toString(steps))
                .multiPart("customId", name)
                .post(Inversions.PATH)
                .then()
                .statusCode(202)
                .extract()
                .header("Location");
    }

    private static String page(String location) {
        return "/dashboard/jobs/" + location.substring(location.lastIndexOf('/') + 1);
    }
}
