package org.saminversion.standalone.dashboard;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * One person at the dashboard for each test: {@code @RegisterExtension Browsing browsing = new Browsing()}. A test fails if a page
 * writes an error to its console, such as a violation of the content security policy, unless the test expects it.
 */
public final class Browsing implements BeforeEachCallback, AfterEachCallback {
    private static final int SOON_MS = 30_000;
    private static final String AXE = "/META-INF/resources/webjars/axe-core/4.6.3/axe.min.js";

    private final Supplier<String> address;
    private final List<String> errors = new ArrayList<>();
    private final List<String> expected = new ArrayList<>();
    private final List<BrowserContext> people = new ArrayList<>();
    private BrowserContext person;

    /** At the gateway of the tests. */
    public Browsing() {
        this(Browsing::root);
    }

    /** @param address of another gateway, asked for before each test */
    public Browsing(Supplier<String> address) {
        this.address = address;
    }

    @Override
    public void beforeEach(ExtensionContext test) {
        PlaywrightAssertions.setDefaultAssertionTimeout(SOON_MS);
        errors.clear();
        expected.clear();
        person = newPerson();
    }

    @Override
    public void afterEach(ExtensionContext test) {
        people.forEach(BrowserContext::close);
        people.clear();
        errors.removeIf(error -> expected.stream().anyMatch(error::contains));
        assertEquals(List.of(), errors, "errors on the browser's console");
    }

    /** Opens a page of the dashboard in a new tab. @param path such as {@code /dashboard/jobs} */
    public Page open(String path) {
        Page page = person.newPage();
        page.navigate(path);
        return page;
    }

    /** Somebody else, with cookies of their own, at another window. */
    public BrowserContext newPerson() {
        return newPerson(new Browser.NewContextOptions().setViewportSize(1280, 900));
    }

    /** @param options screen, colours and the like */
    public BrowserContext newPerson(Browser.NewContextOptions options) {
        BrowserContext other = Chromium.start()
                .newContext(options.setBaseURL(address.get())
                        .setReducedMotion(ReducedMotion.REDUCE)
                        .setLocale("en-GB"));
        other.setDefaultTimeout(SOON_MS);
        other.onConsoleMessage(message -> {
            if (message.type().equals("error")) {
                errors.add(message.text() + " at " + message.location());
            }
        });
        other.onWebError(error -> errors.add(error.error()));
        people.add(other);
        return other;
    }

    /** A narrow window, as wide as a phone. */
    public BrowserContext onAPhone() {
        return newPerson(new Browser.NewContextOptions()
                .setViewportSize(390, 844)
                .setHasTouch(true)
                .setColorScheme(ColorScheme.DARK));
    }

    /** The test itself makes requests fail, which browsers write to the console. @param part of what they write */
    public void expectErrorsOf(String part) {
        expected.add(part);
    }

    /** Fails if the page breaks a rule of WCAG 2.1 A or AA that can be checked by a program. */
    public static void assertAccessible(Page page) {
        page.evaluate(axe());
        Object found = page.evaluate("""
                async () => (await axe.run({ runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"] }))
                    .violations.flatMap(rule => rule.nodes.map(node => rule.id + ": " + node.html + " " + node.failureSummary))
                """);
        assertEquals(List.of(), found, page.url());
    }

    /** Fails if there is something to the right of the window, so that a page would have to be scrolled sideways. */
    public static void assertFitsTheWindow(Page page) {
        assertEquals(List.of(), page.evaluate("""
                () => document.documentElement.scrollWidth <= window.innerWidth ? []
                    : [...document.querySelectorAll("body *")]
                        .filter(node => node.getBoundingClientRect().right > window.innerWidth + 1)
                        .map(node => node.outerHTML.slice(0, 120))
                """), page.url());
    }

    /** Address of the gateway of the tests. */
    public static String root() {
        return "http://127.0.0.1:" + ConfigProvider.getConfig().getValue("quarkus.http.test-port", Integer.class);
    }

    private static String axe() {
        try (InputStream script = Browsing.class.getResourceAsStream(AXE)) {
            return new String(script.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
