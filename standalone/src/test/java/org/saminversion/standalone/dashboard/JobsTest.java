package org.saminversion.standalone.dashboard;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
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

    @Test
    void aCauseOfFailureLeadsToAllJobsThatFailedSo() {
        String id = id(Inversions.submit("wplus", 5, 13));
        Page page = browsing.open("/dashboard/jobs");
        page.locator("#job-" + id).getByText("work-poisoned").click();
        assertThat(page).hasURL(Browsing.root() + "/dashboard/jobs?failure=work-poisoned");
        assertThat(page.locator("#job-" + id + " .state")).hasText("failed");
        assertThat(page.locator("#rows .state").filter(new Locator.FilterOptions().setHasNotText("failed")))
                .hasCount(0);
    }

    @Test
    void olderJobsAreOnFurtherPagesAndNoneIsMissedWhenNewOnesCome() {
        for (int i = 0; i < 50; i++) {
            Inversions.submitNamed("paged");
        }
        Page page = browsing.open("/dashboard/jobs?search=paged");
        assertThat(page.locator("#link-state")).hasText("live");
        assertThat(page.locator("#rows tr")).hasCount(50);
        assertThat(page.getByText("older")).hasCount(0);
        Inversions.submitNamed("paged");
        Inversions.submitNamed("paged");
        String newest = id(Inversions.submitNamed("paged"));
        assertThat(page.locator("#rows tr").first()).hasId("job-" + newest);
        Set<String> seen = new HashSet<>(rows(page));
        page.getByText("older").click();
        assertThat(page.locator("#rows tr")).hasCount(3);
        assertThat(page.locator("#link-state")).hasText("live");
        seen.addAll(rows(page));
        assertEquals(53, seen.size(), "each job is on one of the pages");
        page.getByText("newest").click();
        assertThat(page).hasURL(Browsing.root() + "/dashboard/jobs?search=paged");
        assertThat(page.locator("#rows tr")).hasCount(50);
    }

    @SuppressWarnings("unchecked")
    private static List<String> rows(Page page) {
        return (List<String>) page.locator("#rows tr").evaluateAll("rows => rows.map(row => row.id)");
    }

    private static String id(String location) {
        return location.substring(location.lastIndexOf('/') + 1);
    }
}
