package org.saminversion.standalone.dashboard;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Page;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.saminversion.standalone.serve.ServiceBackends;

/** The first page in a browser. */
@QuarkusTest
@QuarkusTestResource(ServiceBackends.class)
class OverviewTest {
    @RegisterExtension
    final Browsing browsing = new Browsing();

    @Test
    void theOverviewIsLiveAccessibleAndFitsAPhone() {
        Page page = browsing.open("/dashboard");
        assertThat(page.locator("#link-state")).hasText("live");
        Browsing.assertAccessible(page);
        Page narrow = browsing.onAPhone().newPage();
        narrow.navigate("/dashboard");
        Browsing.assertFitsTheWindow(narrow);
        Browsing.assertAccessible(narrow);
    }
}
