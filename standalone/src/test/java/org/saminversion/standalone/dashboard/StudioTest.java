package org.saminversion.standalone.dashboard;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.hasItem;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.saminversion.standalone.serve.Inversions;
import org.saminversion.standalone.serve.ServiceBackends;

/** The edit studio in a browser, with a scripted engine whose edited pictures have the strength's value. */
@QuarkusTest
@QuarkusTestResource(ServiceBackends.class)
class StudioTest {
    private static final String MIDDLE = """
            picture => {
              const canvas = document.createElement("canvas");
              canvas.width = canvas.height = 1;
              const context = canvas.getContext("2d");
              context.drawImage(picture, -32, -32);
              return context.getImageData(0, 0, 1, 1).data[0];
            }""";

    @RegisterExtension
    final Browsing browsing = new Browsing();

    @Test
    void aSliderChangesThePictureAndTheEditCanBeSavedAndTakenElsewhere() {
        String location = Inversions.succeeded("wplus", 3);
        Page page = open(location);
        Locator strength = page.getByLabel("Strength of smile");
        slide(page, "smile", "2");
        assertThat(page.locator("#took")).hasAttribute("data-renderings", "1");
        assertEquals(2, page.locator("#edited").evaluate(MIDDLE));
        assertThat(strength).hasValue("2");

        assertThat(page.locator("#curl")).containsText("{\"edits\":[{\"direction\":\"smile\",\"strength\":2}]}");
        assertThat(page.locator("#command")).containsText("--direction smile --strength 2");
        page.getByText("Save this edit").click();
        assertThat(page.locator("#saved li .what")).hasText("smile 2");
        String artefact = page.locator("#saved li a").innerText();
        given().get(location).then().body("artefacts.name", hasItem(artefact));

        page.reload();
        page.getByText("Show again").click();
        assertThat(page.getByLabel("Strength of smile")).hasValue("2");
        Browsing.assertAccessible(page);
    }

    @Test
    void anEditThatIsSavedInOneTabIsAFileOnTheJobsPageInAnother() {
        String location = Inversions.succeeded("wplus", 3);
        Page studio = open(location);
        Page job = browsing.open(address(location).replace("/studio", ""));
        assertThat(job.locator("#link-state")).hasText("live");
        slide(studio, "smile", "1");
        studio.getByText("Save this edit").click();
        assertThat(job.locator("#downloads")).containsText("rendering-");
    }

    @Test
    void theLatestPositionOfASliderWins() {
        Page page = open(Inversions.succeeded("wplus", 3));
        page.locator("#strength-smile").evaluate("""
                slider => {
                  for (let strength = -2; strength <= 2; strength += 0.25) {
                    slider.value = strength;
                    slider.dispatchEvent(new Event("input"));
                  }
                }""");
        page.waitForCondition(() -> page.locator("#edited").evaluate(MIDDLE).equals(2));
        assertThat(page.locator("#took")).hasAttribute("data-renderings", "2");
    }

    @Test
    void theThresholdColoursTheMapAgainAndInvertsWithIt() {
        String location = Inversions.succeeded("sam", 3);
        Page page = open(location);
        assertThat(page.locator("#threshold")).hasAttribute("data-ready", "true");
        assertThat(share(page, "W+")).hasText("50.0 %");
        page.locator("#tau").fill("1");
        assertThat(share(page, "W+")).hasText("100.0 %");
        assertEquals(
                "0,98,155",
                page.locator("#map")
                        .evaluate("map => map.getContext('2d').getImageData(63, 0, 1, 1).data.slice(0, 3).join()"));
        page.locator("#map").hover();
        assertThat(page.locator("#segment")).containsText("2048 pixels: W+");
        Browsing.assertAccessible(page);

        page.getByText("Invert with this threshold").click();
        page.waitForURL("**/dashboard/jobs/*");
        String id = page.url().substring(page.url().lastIndexOf('/') + 1);
        Inversions.awaitState(Inversions.PATH + "/" + id, "SUCCEEDED");
        assertEquals(1f, given().get(Inversions.PATH + "/" + id).jsonPath().getFloat("tau"));
    }

    @Test
    void itFitsAPhone() {
        Page page = browsing.onAPhone().newPage();
        page.navigate(address(Inversions.succeeded("sam", 3)));
        assertThat(page.locator("#threshold")).hasAttribute("data-ready", "true");
        Browsing.assertFitsTheWindow(page);
        Browsing.assertAccessible(page);
    }

    private Page open(String location) {
        return browsing.open(address(location));
    }

    private static String address(String location) {
        return location.substring(location.indexOf("/v1")).replace("/v1/inversions", "/dashboard/jobs") + "/studio";
    }

    private static void slide(Page page, String direction, String strength) {
        page.locator("#strength-" + direction).fill(strength);
    }

    private static Locator share(Page page, String space) {
        return page.locator("#legend li[data-space='" + space + "'] .share");
    }
}
