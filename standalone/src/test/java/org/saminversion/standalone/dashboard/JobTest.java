package org.saminversion.standalone.dashboard;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ReducedMotion;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.saminversion.standalone.serve.Inversions;
import org.saminversion.standalone.serve.ServiceBackends;

/** The page of one job in a browser, from its submission to its end and after. */
@QuarkusTest
@QuarkusTestResource(ServiceBackends.class)
class JobTest {
    private static final long SLOW = 1_000_000;

    @RegisterExtension
    final Browsing browsing = new Browsing();

    @Test
    void aJobIsWatchedToItsEnd() {
        Page page = browsing.open(page(Inversions.submit("sam", 30, SLOW + 3)));
        assertThat(page.locator("#summary .state")).hasText("running");
        assertThat(page.locator("#losses svg path.total")).isVisible();
        assertThat(page.locator("#map-view canvas")).isVisible();
        assertThat(page.locator("#summary .state")).hasText("succeeded");
        assertThat(page.locator("#result")).hasAttribute("src", Pattern.compile(".*/reconstruction.png.*"));
        assertThat(page.locator("#timeline li")).hasCount(5);
        assertThat(page.locator("#facts")).containsText("engine-version");
        assertThat(page.locator("#downloads")).containsText("latents.safetensors");
        assertThat(page.locator("#summary .actions")).containsText("Compare");
        assertThat(page.locator("#downloads")).not().containsText("preview.png");
        Browsing.assertAccessible(page);

        page.locator("#map-view canvas").hover();
        assertThat(page.locator(".map-readout")).containsText("pixels: W+. Errors: W+");
        page.locator(".wipe input").focus();
        String before = page.locator(".wipe").getAttribute("style");
        page.keyboard().press("ArrowRight");
        assertTrue(!page.locator(".wipe").getAttribute("style").equals(before), before);
        page.getByText("Error of every space").click();
        assertThat(page.getByAltText("Error in W+")).isVisible();
    }

    @Test
    void thePreviewImprovesUntilTheJobIsCancelled() {
        Page page = browsing.open(page(Inversions.submit("wplus", 2_000, SLOW + 4)));
        Locator preview = page.locator("#result");
        assertThat(preview).hasAttribute("src", Pattern.compile(".*/preview.png.*"));
        assertThat(page.locator("#summary .advance")).containsText("of 2000");
        assertThat(page.locator("#map")).containsText("The method wplus needs no map.");
        page.getByText("Cancel").click();
        assertThat(page.locator("#summary .state")).hasText("cancelled");
        assertThat(preview).isVisible();
        String first = page.url();
        page.getByText("Run again").click();
        assertThat(page).not().hasURL(first);
        assertThat(page.getByText("Cancel")).isVisible();
        page.getByText("Cancel").click();
        assertThat(page.locator("#summary .state")).hasText("cancelled");
    }

    @Test
    void twoTabsShowTheSameJobWhicheverChangesIt() {
        String location = Inversions.submit("wplus", 2_000, SLOW + 6);
        Page one = browsing.open(page(location));
        Page other = browsing.open(page(location));
        assertThat(one.locator("#losses svg path.total")).isVisible();
        other.getByText("Cancel").click();
        for (Page tab : List.of(one, other)) {
            assertThat(tab.locator("#summary .state")).hasText("cancelled");
            assertThat(tab.locator("#timeline")).containsText("cancelled");
            assertThat(tab.getByText("Cancel", new Page.GetByTextOptions().setExact(true)))
                    .hasCount(0);
        }
    }

    @Test
    void nothingMovesForThoseWhoWantNoMovement() {
        String location = Inversions.submit("wplus", 2_000, SLOW + 7);
        Page page = browsing.open(page(location));
        assertThat(page.locator("#summary .state")).hasText("running");
        assertEquals(0, page.evaluate("document.getAnimations().length"));
        page.emulateMedia(new Page.EmulateMediaOptions().setReducedMotion(ReducedMotion.NO_PREFERENCE));
        assertNotEquals(0, page.evaluate("document.getAnimations().length"), "there is something that could move");
        given().delete(location).then().statusCode(202);
    }

    @Test
    void aFailedJobSaysWhyAndGetsAnotherTry() {
        Page page = browsing.open(page(Inversions.submit("wplus", 5, 13)));
        assertThat(page.locator("#summary .reason")).containsText("work-poisoned");
        Browsing.assertAccessible(page);
        page.getByText("Retry").click();
        assertThat(page.locator("#notices")).containsText("another try");
    }

    @Test
    void aJobThatIsNotThereIsSaidSo() {
        Page page = browsing.open("/dashboard/jobs/9f3b6f2e-1111-4222-8333-444455556666");
        assertThat(page.locator("h1")).hasText("There is no such thing");
        Browsing.assertAccessible(page);
        browsing.expectErrorsOf("404");
    }

    @Test
    void whatCallersWriteIsShownAndNeverRun() {
        String hostile = "<img src=x onerror=alert(1)>\"'{inject:frame}";
        String location = Inversions.submitNamed(hostile);
        Inversions.awaitState(location, "SUCCEEDED");
        Page page = browsing.open(page(location));
        assertThat(page.locator("h1")).hasText(hostile);
        page.navigate("/dashboard/jobs");
        assertThat(page.getByText(hostile).first()).isVisible();
    }

    @Test
    void onAPhoneNothingSticksOut() {
        String location = Inversions.succeeded("sam", 5);
        Page page = browsing.onAPhone().newPage();
        page.navigate(page(location));
        assertThat(page.locator("#map-view canvas")).isVisible();
        Browsing.assertFitsTheWindow(page);
        Browsing.assertAccessible(page);
        page.navigate("/dashboard/jobs");
        Browsing.assertFitsTheWindow(page);
        Browsing.assertAccessible(page);
    }

    private static String page(String location) {
        return "/dashboard/jobs/" + location.substring(location.lastIndexOf('/') + 1);
    }
}
