package org.saminversion.standalone.dashboard;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.restassured.RestAssured.given;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.saminversion.standalone.serve.Inversions;
import org.saminversion.standalone.serve.ServiceBackends;

/** What holds for all pages, and what those show that are mostly tables. */
@QuarkusTest
@QuarkusTestResource(ServiceBackends.class)
class PagesTest {
    private static final List<String> PAGES = List.of(
            "/dashboard/submit",
            "/dashboard/batches/new",
            "/dashboard/deliveries",
            "/dashboard/workers",
            "/dashboard/bundles",
            "/dashboard/bundles/faces64",
            "/dashboard/keys",
            "/dashboard/help/runbook",
            "/dashboard/help/problems/work-poisoned");

    @RegisterExtension
    final Browsing browsing = new Browsing();

    @Test
    void everyPageIsAccessibleAndFitsAPhone() {
        Inversions.succeeded("wplus", 3);
        Page page = browsing.open("/dashboard");
        Page narrow = browsing.onAPhone().newPage();
        for (String path : PAGES) {
            page.navigate(path);
            Browsing.assertAccessible(page);
            narrow.navigate(path);
            Browsing.assertFitsTheWindow(narrow);
            Browsing.assertAccessible(narrow);
        }
    }

    @Test
    void aBundleTellsHowGoodItsNetworksAre() {
        Page page = browsing.open("/dashboard/bundles/faces64");
        Locator networks = page.getByRole(AriaRole.REGION, new Page.GetByRoleOptions().setName("Networks"));
        assertThat(networks.getByRole(AriaRole.ROW, new Locator.GetByRoleOptions().setName("encoder-deltas")))
                .containsText("24.1 dB, LPIPS 1.846 on 100 photographs");
        assertThat(networks.getByRole(AriaRole.ROW, new Locator.GetByRoleOptions().setName("generator")))
                .containsText("not measured");
    }

    @Test
    void everyKindOfWorkerIsThereWithItsWork() {
        String running = Inversions.submit("wplus", 2_000, 1_000_005);
        Inversions.awaitState(running, "RUNNING");
        Page page = browsing.open("/dashboard/workers");
        for (String kind : List.of("segmenter-worker", "gpu-worker", "edit-worker")) {
            assertThat(page.locator("#workers")).containsText(kind);
        }
        assertThat(page.locator("#workers")).containsText("running");
        given().delete(running).then().statusCode(202);
        assertThat(page.locator("#workers")).not().containsText("running");
    }

    @Test
    void theRunbookIsServedWithItsAnchors() {
        Page page = browsing.open("/dashboard/help/runbook#the-backlog-grows");
        assertThat(page.locator("#the-backlog-grows")).isInViewport();
        page.getByText("attempts-exhausted").first().click();
        assertThat(page.locator("h1")).isVisible();
        assertThat(page).hasURL(Browsing.root() + "/dashboard/help/problems/attempts-exhausted");
    }

    @Test
    void aPageOutlivesItsGateway() throws IOException {
        try (FlakyLine line = new FlakyLine(URI.create(Browsing.root()).getPort())) {
            Page page = browsing.newPerson().newPage();
            page.navigate(line.root() + "/dashboard/jobs");
            assertThat(page.locator("#link-state")).hasText("live");
            line.cut();
            assertThat(page.locator("#link-state")).hasText("reconnecting");
            String location = Inversions.succeeded("wplus", 3);
            line.restore();
            assertThat(page.locator("#link-state")).hasText("live");
            assertThat(page.locator("#job-" + location.substring(location.lastIndexOf('/') + 1) + " .state"))
                    .hasText("succeeded");
        }
        browsing.expectErrorsOf("ERR_");
    }

    @Test
    void choicesAreKeptByTheBrowser() {
        Page page = browsing.open("/dashboard/keys");
        page.getByText("theme: system").click();
        page.getByText("theme: light").click();
        page.getByText("pixels: crisp").click();
        page.reload();
        assertThat(page.locator("html")).hasAttribute("data-theme", "dark");
        assertThat(page.getByText("pixels: smooth")).isVisible();
        Browsing.assertAccessible(page);
    }
}
