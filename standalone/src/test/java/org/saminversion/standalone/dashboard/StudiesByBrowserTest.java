package org.saminversion.standalone.dashboard;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.saminversion.standalone.serve.Inversions;
import org.saminversion.standalone.serve.Pictures;
import org.saminversion.standalone.serve.ServiceBackends;

/** Comparing methods in a browser, by eye and by a study with two raters. */
@QuarkusTest
@QuarkusTestResource(ServiceBackends.class)
class StudiesByBrowserTest {
    @RegisterExtension
    final Browsing browsing = new Browsing();

    @Test
    void theSamePhotographIsShownUnderSeveralMethodsAndUnderMoreOnRequest() {
        Inversions.succeeded("sam", 4);
        Inversions.succeeded("wplus", 4);
        Page page = browsing.open("/dashboard/compare");
        Browsing.assertAccessible(page);
        page.locator(".photographs a").first().click();
        int before = page.locator(".candidates li[id^=candidate]").count();
        assertThat(page.locator("#link-state")).hasText("live");
        page.getByLabel("sam", new Page.GetByLabelOptions().setExact(true)).check();
        page.getByLabel("Thresholds of the map").fill("0.31 0.32");
        page.getByText("Invert with these").click();
        assertThat(page.locator(".candidates li[id^=candidate]")).hasCount(before + 2);
        assertThat(page.locator("#grid")).containsText("0.31");
        Browsing.assertAccessible(page);
        Page narrow = browsing.onAPhone().newPage();
        narrow.navigate(page.url());
        Browsing.assertFitsTheWindow(narrow);
    }

    @Test
    void twoRatersVoteWithoutKnowingTheMethodsAndTheResultFollows() throws IOException {
        Inversions.succeeded("wplus", 5);
        Inversions.succeeded("F6", 5);
        Page page = browsing.open("/dashboard/studies");
        choose(page, "first", "wplus", 5);
        choose(page, "second", "F6", 5);
        page.getByLabel("Name").fill("W+ and F6");
        page.getByText("Begin", new Page.GetByTextOptions().setExact(true)).click();
        assertThat(page.locator("#result")).containsText("No votes yet");
        Browsing.assertAccessible(page);

        rate(page.url() + "/rate", "ada", "ArrowLeft");
        rate(page.url() + "/rate", "ben", "ArrowRight");

        assertThat(page.locator("#result")).containsText("by 2 raters");
        assertThat(page.locator("#result")).containsText("2 of 3");
        Browsing.assertAccessible(page);
        Download votes =
                page.waitForDownload(() -> page.getByText("Votes as CSV").click());
        assertTrue(Files.readString(votes.path()).contains("1,ben,"), "the table of votes");
        Page all = browsing.open("/dashboard/studies");
        assertThat(all.locator("table")).containsText("W+ and F6");
        Browsing.assertAccessible(all);
    }

    @Test
    void aStudyCanBeOfSomePhotographsOnly() {
        for (int side = 30; side < 32; side++) {
            Inversions.succeeded(Pictures.png(side, side), "wplus", 6);
            Inversions.succeeded(Pictures.png(side, side), "F6", 6);
        }
        Page page = browsing.open("/dashboard/studies");
        choose(page, "first", "wplus", 6);
        choose(page, "second", "F6", 6);
        page.getByText("Only some photographs").click();
        Browsing.assertAccessible(page);
        page.getByRole(
                        AriaRole.CHECKBOX,
                        new Page.GetByRoleOptions().setName("Photograph 1").setExact(true))
                .check();
        page.getByText("Begin", new Page.GetByTextOptions().setExact(true)).click();
        assertThat(page.getByText("of 1 photograph,")).isVisible();
    }

    private void rate(String address, String rater, String key) {
        Page page = browsing.onAPhone().newPage();
        page.navigate(address);
        page.getByLabel("Your name").fill(rater);
        page.getByText("Begin", new Page.GetByTextOptions().setExact(true)).click();
        assertThat(page.locator("#progress")).hasText("Pair 1 of 1");
        assertFalse(page.content().contains("wplus"), "a rater must not learn the method");
        Browsing.assertAccessible(page);
        Browsing.assertFitsTheWindow(page);
        page.keyboard().press(key);
        assertThat(page.getByText("Thank you")).isVisible();
    }

    private static void choose(Page page, String which, String method, int steps) {
        page.locator("select[name=" + which + "]")
                .selectOption(page.locator("select[name=" + which + "] option[data-method='" + method
                                + "'][data-steps='" + steps + "']")
                        .getAttribute("value"));
    }
}
