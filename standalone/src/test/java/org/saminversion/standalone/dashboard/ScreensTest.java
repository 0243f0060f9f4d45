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
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.saminversion.model.Tenant;
import org.saminversion.model.access.KeyStore;
import org.saminversion.model.access.Scope;
import org.saminversion.standalone.rules.Project;
import org.saminversion.standalone.serve.Inversions;
import org.saminversion.standalone.serve.Receiver;
import org.saminversion.standalone.serve.ScriptedEngines;
import org.saminversion.standalone.serve.ServiceBackends;

/**
 * Writes pictures of every page to docs/screens, and those in the dark and on a phone, which the documentation does not show, to
 * standalone/target/screens. The real engine is at work, for some minutes; README.md of this module has the command.
 */
@QuarkusTest
@QuarkusTestResource(ServiceBackends.class)
@TestProfile(ScreensTest.RealEngine.class)
@EnabledIfSystemProperty(named = "sam.screens", matches = "write")
class ScreensTest {
    /** The engine needs some seconds for each job, and more on a busy machine. */
    static final int PATIENCE_SECONDS = 600;

    private static final Path KEPT = Project.root().resolve("docs/screens");
    private static final Path LOOKED_AT = Project.root().resolve("standalone/target/screens");
    private static final int SETTLED_MS = 800;

    /** Pictures further down are loaded, and what sticks to the window is where it is at first. */
    private static final String WHOLE = """
            () => {
              document.querySelectorAll("img[loading=lazy]").forEach(image => { image.loading = "eager"; });
              window.scrollTo(0, 0);
              return Promise.all([...document.images].filter(image => image.src).map(image => image.decode()));
            }""";

    /** What somebody does on a page before its picture is taken. */
    private static final Map<String, Consumer<Page>> ACTIONS = Map.of(
            "submit",
            page -> page.locator("#files")
                    .setInputFiles(new Path[] {Comparisons.sample("face.png"), Comparisons.sample("plain-face.png")}),
            "job",
            page -> page.locator("#map-view canvas").hover(),
            "studio",
            ScreensTest::edit,
            "rate",
            ScreensTest::beginToRate);

    /** The engine that the service has outside of tests. */
    public static final class RealEngine implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "quarkus.arc.exclude-types",
                    ScriptedEngines.class.getName(),
                    "sam.gpu.preview-every",
                    "PT0.5S",
                    // On a busy machine it takes longer than Quarkus waits before it writes what all threads do.
                    "quarkus.test.hang-detection-timeout",
                    "PT1H");
        }
    }

    @RegisterExtension
    final Browsing browsing = new Browsing();

    @Inject
    KeyStore keys;

    @Test
    void everyPageIsPictured() throws IOException, InterruptedException {
        picture(pagesOfNothing(), LOOKED_AT);
        makeKeys();
        try (Receiver receiver = new Receiver();
                Receiver absent = new Receiver()) {
            absent.goDown();
            Comparisons comparisons = Comparisons.make(receiver.url());
            given().delete(submit("plain-face.png", "wplus", "given-up", absent.url()))
                    .then()
                    .statusCode(202);
            String running = submit("face.png", "sam", "face-long", receiver.url());
            Inversions.awaitState(running, "RUNNING", PATIENCE_SECONDS);
            String waiting = submit("plain-face.png", "wplus", "plain-face-long", receiver.url());
            picture(pagesOfWork("/dashboard/jobs/" + running.substring(running.lastIndexOf('/') + 1)), KEPT);
            given().delete(running).then().statusCode(202);
            given().delete(waiting).then().statusCode(202);
            picture(otherPages(comparisons), KEPT);
        }
    }

    /** Before anything was submitted. */
    private static Map<String, String> pagesOfNothing() {
        Map<String, String> pages = new LinkedHashMap<>();
        for (String page : List.of("jobs", "batches", "compare", "studies", "deliveries", "keys")) {
            pages.put(page + "-empty", "/dashboard/" + page);
        }
        pages.put("overview-empty", "/dashboard");
        return pages;
    }

    private static Map<String, String> pagesOfWork(String running) {
        Map<String, String> pages = new LinkedHashMap<>();
        pages.put("job-running", running);
        pages.put("jobs", "/dashboard/jobs");
        pages.put("workers", "/dashboard/workers");
        pages.put("overview", "/dashboard");
        return pages;
    }

    private static Map<String, String> otherPages(Comparisons comparisons) {
        Map<String, String> pages = new LinkedHashMap<>();
        pages.put("job", "/dashboard/jobs/" + comparisons.job());
        pages.put("studio", "/dashboard/jobs/" + comparisons.job() + "/studio");
        pages.put("submit", "/dashboard/submit");
        pages.put("batches", "/dashboard/batches");
        pages.put("batch-new", "/dashboard/batches/new");
        pages.put("batch", "/dashboard/batches/" + comparisons.batch());
        pages.put("comparisons", "/dashboard/compare");
        pages.put("compare", "/dashboard/compare/" + comparisons.photograph());
        pages.put("studies", "/dashboard/studies");
        pages.put("study", "/dashboard/studies/" + comparisons.study());
        pages.put("rate", "/dashboard/studies/" + comparisons.study() + "/rate");
        pages.put("deliveries", "/dashboard/deliveries");
        pages.put(
                "delivery",
                "/dashboard/deliveries/"
                        + given().get("/v1/deliveries").jsonPath().getString("items[0].id"));
        pages.put("bundles", "/dashboard/bundles");
        pages.put("bundle", "/dashboard/bundles/faces64");
        pages.put("keys", "/dashboard/keys");
        pages.put("sign-in", "/dashboard/sign-in");
        pages.put("help", "/dashboard/help/runbook");
        pages.put("not-found", "/dashboard/jobs/9f3b6f2e-1111-4222-8333-444455556666");
        return pages;
    }

    /** @param shown where the light ones go */
    private void picture(Map<String, String> pages, Path shown) {
        BrowserContext light = atADesk(ColorScheme.LIGHT);
        BrowserContext dark = atADesk(ColorScheme.DARK);
        BrowserContext phone = browsing.onAPhone();
        pages.forEach((name, address) -> {
            picture(light, address, name, shown.resolve(name + ".png"));
            picture(dark, address, name, LOOKED_AT.resolve(name + "-dark.png"));
            picture(phone, address, name, LOOKED_AT.resolve(name + "-phone.png"));
        });
        browsing.expectErrorsOf("404");
    }

    private BrowserContext atADesk(ColorScheme colours) {
        return browsing.newPerson(
                new Browser.NewContextOptions().setViewportSize(1280, 900).setColorScheme(colours));
    }

    private static void picture(BrowserContext person, String address, String name, Path file) {
        Page page = person.newPage();
        page.navigate(address);
        if (page.locator("#link-state").count() > 0) {
            page.waitForSelector("#link-state[data-state=live]");
        }
        ACTIONS.getOrDefault(name, each -> {}).accept(page);
        page.evaluate(WHOLE);
        page.waitForTimeout(SETTLED_MS);
        page.screenshot(new Page.ScreenshotOptions().setPath(file).setFullPage(!name.equals("help")));
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

    private void makeKeys() {
        Tenant tenant = new Tenant("default");
        for (Map.Entry<String, Set<Scope>> key : Map.of(
                        "web shop", Set.of(Scope.READ, Scope.SUBMIT),
                        "wall display", Set.of(Scope.READ),
                        "operator", Set.of(Scope.READ, Scope.SUBMIT, Scope.ADMIN))
                .entrySet()) {
            keys.create(tenant, key.getKey(), key.getValue(), Optional.empty())
                    .await()
                    .atMost(Duration.ofSeconds(20));
        }
    }

    /** A job that takes longer than all pictures. */
    private static String submit(String picture, String method, String name, String callback) {
        return given().multiPart("image", Comparisons.sample(picture).toFile(), "image/png")
                .multiPart("method", method)
                .multiPart("steps", "5000")
                .multiPart("customId", name)
                .multiPart("callback", callback)
                .post(Inversions.PATH)
                .then()
                .statusCode(202)
                .extract()
                .header("Location");
    }
}
