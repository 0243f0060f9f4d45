package org.saminversion.standalone.dashboard;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.restassured.RestAssured.given;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.saminversion.standalone.serve.Inversions;
import org.saminversion.standalone.serve.Pictures;
import org.saminversion.standalone.serve.Receiver;
import org.saminversion.standalone.serve.ServiceBackends;

/** Messages to callers in a browser: what became of one, and how it is sent again. */
@QuarkusTest
@QuarkusTestResource(ServiceBackends.class)
class DeliveriesTest {
    private static final int SOON_SECONDS = 30;

    @RegisterExtension
    final Browsing browsing = new Browsing();

    @Test
    void aMessageAppearsIsLookedAtAndSentAgain() throws InterruptedException {
        try (Receiver receiver = new Receiver()) {
            Page page = browsing.open("/dashboard/deliveries");
            assertThat(page.locator("#link-state")).hasText("live");
            given().multiPart("image", "photo.png", Pictures.png(20, 20), "image/png")
                    .multiPart("method", "wplus")
                    .multiPart("steps", "3")
                    .multiPart("callback", receiver.url())
                    .post(Inversions.PATH)
                    .then()
                    .statusCode(202);
            Locator row = page.locator("#rows tr", new Page.LocatorOptions().setHasText(receiver.url()));
            assertThat(row.locator(".state")).hasText("delivered");
            Browsing.assertAccessible(page);
            Page narrow = browsing.onAPhone().newPage();
            narrow.navigate("/dashboard/deliveries");
            Browsing.assertFitsTheWindow(narrow);

            row.locator("a").first().click();
            assertThat(page.locator("tbody tr")).containsText(new String[] {"204"});
            Browsing.assertAccessible(page);
            page.getByText("Send again").click();
            assertThat(page.locator("#notices")).containsText("sent again");
            receiver.await(2, SOON_SECONDS);
            assertThat(page.locator("tbody tr")).hasCount(2);
        }
    }
}
