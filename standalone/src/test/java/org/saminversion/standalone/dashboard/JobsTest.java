package org.saminversion.standalone.dashboard;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.saminversion.standalone.serve.Inversions;
import org.saminversion.standalone.serve.ServiceBackends;

/** The list of jobs in a browser: it changes while one looks. */
@QuarkusTest
@QuarkusTestResource(ServiceBackends.class)
class JobsTest {
    private static final long SLOW = 1_000_000;

    @RegisterExtension
    final Browsing browsing = new Browsing();

    @Test
    void aJobAppearsByItselfAndCanBeCancelledInOneTabAndSeenInAnother() {
        Page page = browsing.open("/dashboard/jobs");
        Page other = browsing.open("/dashboard/jobs");
        String id = id(Inversions.submit("wplus", 2_000, SLOW + 1));
        Locator row = page.locator("#job-" + id);
        assertThat(row.locator(".state")).hasText("running");
        assertThat(row.locator("img").first()).isVisible();
        row.getByText("Cancel").click();
        assertThat(page.locator("#notices")).containsText("to stop");
        assertThat(row.locator(".state")).hasText("cancelled");
        assertThat(other.locator("#job-" + id + " .state")).hasText("cancelled");
        Browsing.assertAccessible(page);
    }

    @Test
    void thePictureOfARowIsNotLoadedAnewWhenTheRowChanges() {
        String location = Inversions.submit("wplus", 40, SLOW + 2);
        Page page = browsing.open("/dashboard/jobs");
        Locator picture = page.locator("#job-" + id(location) + " img").first();
        picture.evaluate("picture => { picture.mark = 1 }");
        Inversions.awaitState(location, "SUCCEEDED");
        assertThat(page.locator("#job-" + id(location) + " .state")).hasText("succeeded");
        assertEquals(1, picture.evaluate("picture => picture.mark"));
    }

    @Test
    void theListCanBeFilteredAndSearched() {
        String id = id(Inversions.succeeded("wplus", 3));
        Page page = browsing.open("/dashboard/jobs?state=FAILED&bundle=nowhere");
        assertThat(page.getByText("No job fits the filter")).isVisible();
        Browsing.assertAccessible(page);
        page.getByLabel("Id or custom id").fill(id);
        page.locator("form.filters button").click();
        assertThat(page).hasURL(Browsing.root() + "/dashboard/jobs/" + id);
    }

    private static String id(String location) {
        return location.substring(location.lastIndexOf('/') + 1);
    }
}
