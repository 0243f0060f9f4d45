package org.saminversion.standalone.dashboard;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.Cookie;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.saminversion.model.Tenant;
import org.saminversion.model.access.IssuedKey;
import org.saminversion.model.access.KeyStore;
import org.saminversion.model.access.Scope;
import org.saminversion.standalone.serve.ServiceBackends;

/** Signing in with a key, and what other sites cannot do with it. */
@QuarkusTest
@QuarkusTestResource(ServiceBackends.class)
class AccessByBrowserTest {
    @RegisterExtension
    final Browsing browsing = new Browsing();

    @Inject
    KeyStore keys;

    private final Tenant tenant = new Tenant("tenant-" + UUID.randomUUID());

    @Test
    void aKeyBecomesASessionThatNoScriptCanRead() {
        IssuedKey key = key();
        Page page = browsing.open("/dashboard/sign-in");
        Browsing.assertAccessible(page);
        page.getByLabel("API key").fill(key.text().reveal());
        page.getByText("Sign in").last().click();
        assertThat(page).hasURL(Browsing.root() + "/dashboard");
        assertThat(page.locator(".tenant")).hasText(tenant.name());
        Cookie cookie = page.context().cookies().get(0);
        assertTrue(cookie.httpOnly);
        assertEquals("STRICT", cookie.sameSite.name());
        assertFalse(key.text().reveal().contains(cookie.value));
        assertEquals("", page.evaluate("document.cookie"));
        assertFalse(page.content().contains(cookie.value));

        given().cookie(cookie.name, cookie.value).get("/v1/inversions").then().statusCode(200);
        page.getByText("sign out").click();
        assertThat(page.getByLabel("API key")).isVisible();
        given().cookie(cookie.name, cookie.value)
                .redirects()
                .follow(false)
                .get("/dashboard")
                .then()
                .body(containsString("default"));
    }

    @Test
    void aWrongKeyIsRefusedWithAReason() {
        Page page = browsing.open("/dashboard/sign-in");
        page.getByLabel("API key").fill("sam_000000000000_" + "0".repeat(48));
        page.getByText("Sign in").last().click();
        assertThat(page.getByRole(com.microsoft.playwright.options.AriaRole.ALERT))
                .containsText("not known");
        Browsing.assertAccessible(page);
        browsing.expectErrorsOf("401");
    }

    @Test
    void thePageOfAnotherSiteChangesNothing() {
        given().header("Sec-Fetch-Site", "cross-site")
                .post("/v1/inversions/" + UUID.randomUUID() + "/cancel")
                .then()
                .statusCode(403)
                .body("kind", equalTo("cross-origin"));
        given().header("Origin", "https://evil.example")
                .post("/dashboard/sign-in")
                .then()
                .statusCode(403);
    }

    @Test
    void theSignInPageLeadsToNoOtherSite() {
        for (String elsewhere :
                new String[] {"https://evil.example", "//evil.example", "/dashboard//evil.example/..", "javascript:1"
                }) {
            given().queryParam("to", elsewhere)
                    .get("/dashboard/sign-in")
                    .then()
                    .statusCode(200)
                    .body(containsString("name=\"to\" value=\"/dashboard"));
        }
    }

    @Test
    void pagesRunOurOwnScriptsOnly() {
        for (String path : new String[] {"/dashboard", "/dashboard/static/page.js", "/dashboard/nowhere"}) {
            given().accept("text/html")
                    .get(path)
                    .then()
                    .header("Content-Security-Policy", containsString("script-src 'self'; style-src 'self'"))
                    .header("X-Content-Type-Options", equalTo("nosniff"));
        }
    }

    @Test
    void whoeverIsNotKnownIsSentToTheSignInPageAndBack() {
        for (String path : new String[] {"/dashboard", "/dashboard/jobs"}) {
            given().header("Authorization", "Bearer of nothing")
                    .accept("text/html")
                    .redirects()
                    .follow(false)
                    .get(path)
                    .then()
                    .statusCode(303)
                    .header("Location", endsWith("/dashboard/sign-in?to=" + path.replace("/", "%2F")));
        }
        given().header("Authorization", "Bearer of nothing")
                .get("/dashboard")
                .then()
                .statusCode(401);
    }

    @Test
    void scriptsAreAskedForAgainEachTime() {
        String stamp = given().get("/dashboard/static/page.js")
                .then()
                .statusCode(200)
                .header("Cache-Control", equalTo("no-cache"))
                .extract()
                .header("Last-Modified");
        given().header("If-Modified-Since", stamp)
                .get("/dashboard/static/page.js")
                .then()
                .statusCode(304);
    }

    private IssuedKey key() {
        return keys.create(tenant, "key-" + UUID.randomUUID(), Set.of(Scope.READ), Optional.empty())
                .await()
                .atMost(Duration.ofSeconds(20))
                .orElseThrow();
    }
}
