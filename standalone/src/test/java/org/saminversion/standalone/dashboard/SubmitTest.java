package org.saminversion.standalone.dashboard;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.JSHandle;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.FilePayload;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.saminversion.model.Tenant;
import org.saminversion.model.access.KeyStore;
import org.saminversion.model.access.Scope;
import org.saminversion.standalone.serve.Pictures;
import org.saminversion.standalone.serve.ServiceBackends;

/** Photographs that are dropped, pasted and chosen, and a catalogue, in a browser. */
@QuarkusTest
@QuarkusTestResource(ServiceBackends.class)
class SubmitTest {
    private static final byte[] PHOTOGRAPH = Pictures.png(24, 24);

    @RegisterExtension
    final Browsing browsing = new Browsing();

    @Inject
    KeyStore keys;

    @Test
    void aPhotographIsDroppedAndWatchedToTheEnd() {
        Page page = browsing.open("/dashboard/submit");
        Browsing.assertAccessible(page);
        page.locator("#drop").dispatchEvent("drop", Map.of("dataTransfer", files(page, "face.png")));
        page.locator("select[name=settings]").selectOption("{\"measured-map\": 1}");
        page.getByLabel("Optimizer").selectOption("quasi-newton");
        submitAndWatch(page);
        assertThat(page.locator("main")).containsText("measured-map=1.0");
    }

    @Test
    void severalPhotographsBecomeAsManyJobs() {
        Page page = browsing.open("/dashboard/submit");
        page.locator("#files").setInputFiles(new FilePayload[] {
            new FilePayload("first.png", "image/png", PHOTOGRAPH),
            new FilePayload("second.png", "image/png", Pictures.png(25, 25))
        });
        page.evaluate(
                "([data]) => document.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data }))",
                List.of(files(page, "pasted.png")));
        page.locator("#files").setInputFiles(new FilePayload("notes.txt", "text/plain", new byte[] {65}));
        assertThat(page.locator("#notices")).containsText("notes.txt is neither PNG nor JPEG");
        page.getByLabel("Remove second.png").click();
        assertThat(page.locator("#send")).hasText("Submit 2 jobs");
        page.getByLabel("Method").selectOption("wplus");
        assertThat(page.getByLabel("Threshold")).isDisabled();
        assertThat(page.locator("select[name=settings]")).isDisabled();
        page.getByLabel("Steps").fill("3");
        Browsing.assertAccessible(page);
        page.locator("#send").click();
        page.waitForURL("**/dashboard/jobs");
    }

    @Test
    void aPictureOnTheClipboardIsPasted() {
        Page page = browsing.open("/dashboard/submit");
        page.context().grantPermissions(List.of("clipboard-read", "clipboard-write"));
        page.evaluate("""
                async (base64) => {
                  const bytes = Uint8Array.from(atob(base64), (each) => each.charCodeAt(0));
                  const picture = new Blob([bytes], { type: "image/png" });
                  await navigator.clipboard.write([new ClipboardItem({ "image/png": picture })]);
                }""", Base64.getEncoder().encodeToString(PHOTOGRAPH));
        page.keyboard().press("Control+V");
        assertThat(page.locator("#chosen li")).hasCount(1);
        submitAndWatch(page);
    }

    @Test
    void aPictureIsTakenWithTheCamera() {
        Page page = browsing.open("/dashboard/submit");
        page.getByText("use the camera").click();
        assertThat(page.locator("#shutter")).isVisible();
        Browsing.assertAccessible(page);
        page.getByText("Take the picture").click();
        assertThat(page.locator("#shutter")).isHidden();
        assertThat(page.locator("#chosen li")).containsText("camera.png");
        assertEquals(
                true, page.evaluate("document.getElementById('viewfinder').srcObject === null"), "it is off again");
        submitAndWatch(page);
    }

    @Test
    void whatTheServiceRefusesIsSaidAndStays() {
        Page page = browsing.open("/dashboard/submit");
        page.locator("#files").setInputFiles(new FilePayload("broken.png", "image/png", new byte[] {1, 2, 3}));
        page.locator("#send").click();
        assertThat(page.locator("#notices")).containsText("broken.png: ");
        assertThat(page.locator("#chosen li")).hasCount(1);
        browsing.expectErrorsOf("422");
    }

    @Test
    void aCatalogueWithErrorsIsUploadedCheckedWatchedAndTriedAgain() throws IOException {
        Page list = browsing.open("/dashboard/batches");
        Browsing.assertAccessible(list);
        list.getByText("New batch").click();
        Browsing.assertAccessible(list);
        list.locator("#file").setInputFiles(new FilePayload("catalogue.zip", "application/zip", catalogue()));
        list.getByLabel("Steps").fill("3");
        list.getByLabel("Method").fill("wplus");
        list.locator("#send").click();

        Page page = list;
        assertThat(page.locator("h1")).hasText("catalogue.zip");
        assertThat(page.locator("#progress-title .state")).hasText("done");
        assertThat(page.locator("#status")).containsText("3 read, 2 good, 1 refused");
        assertThat(page.locator("#status table")).containsText("parameter-out-of-range");
        assertThat(page.locator("#status table")).containsText("work-poisoned");
        Browsing.assertAccessible(page);
        page.getByText("Retry failed items").click();
        assertThat(page.locator("#notices")).containsText("start again");
        assertThat(page.locator("#progress-title .state")).hasText("done");
        assertThat(page.locator("#items tbody tr").last()).containsText("poisoned");
        Page narrow = browsing.onAPhone().newPage();
        narrow.navigate(page.url());
        Browsing.assertFitsTheWindow(narrow);
        Browsing.assertAccessible(narrow);
    }

    @Test
    void aKeyThatMayOnlyLookIsOfferedNothingElse() {
        String key = "Bearer "
                + keys.create(
                                new Tenant("onlooker-" + UUID.randomUUID()),
                                "onlooker",
                                Set.of(Scope.READ),
                                Optional.empty())
                        .await()
                        .atMost(Duration.ofSeconds(20))
                        .orElseThrow()
                        .text()
                        .reveal();
        for (String path : List.of("/dashboard/jobs", "/dashboard/batches", "/dashboard/studies")) {
            given().header("Authorization", key)
                    .get(path)
                    .then()
                    .statusCode(200)
                    .body(not(containsString("/dashboard/submit")))
                    .body(not(containsString("/dashboard/batches/new")));
        }
        for (String path : List.of("/dashboard/submit", "/dashboard/batches/new")) {
            given().header("Authorization", key).get(path).then().statusCode(403);
        }
    }

    private static void submitAndWatch(Page page) {
        page.getByLabel("Steps").fill("3");
        page.locator("#send").click();
        page.waitForURL("**/dashboard/jobs/*");
        assertThat(page.locator("#summary .state")).hasText("succeeded");
    }

    /** Of three lines one is refused, and one fails. */
    private static byte[] catalogue() throws IOException {
        String manifest = "customId,file,seed,steps\ngood,a.png,1,3\npoisoned,a.png,13,3\nwrong,a.png,2,0\n";
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry("manifest.csv"));
            zip.write(manifest.getBytes(StandardCharsets.UTF_8));
            zip.putNextEntry(new ZipEntry("a.png"));
            zip.write(PHOTOGRAPH);
        }
        return bytes.toByteArray();
    }

    /** A DataTransfer with a picture, as the browser makes it when one is dragged. */
    private static JSHandle files(Page page, String name) {
        return page.evaluateHandle("""
                ([name, base64]) => {
                  const data = new DataTransfer();
                  const bytes = Uint8Array.from(atob(base64), (each) => each.charCodeAt(0));
                  data.items.add(new File([bytes], name, { type: "image/png" }));
                  return data;
                }""", List.of(name, Base64.getEncoder().encodeToString(PHOTOGRAPH)));
    }
}
