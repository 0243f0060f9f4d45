package org.saminversion.standalone.dashboard;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Debian's Chromium, started once for all tests of a process. */
final class Chromium {
    private static final Path PROGRAM = Path.of("/usr/bin/chromium");
    private static Browser browser;

    private Chromium() {}

    /** @throws IllegalStateException if it is not installed */
    static synchronized Browser start() {
        if (browser == null) {
            if (!Files.isExecutable(PROGRAM)) {
                throw new IllegalStateException(PROGRAM + " is missing; ./sam test installs it");
            }
            Playwright playwright = Playwright.create(
                    new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
            browser = playwright
                    .chromium()
                    .launch(new BrowserType.LaunchOptions()
                            .setExecutablePath(PROGRAM)
                            .setArgs(List.of(
                                    "--no-sandbox",
                                    "--disable-gpu",
                                    "--disable-background-networking",
                                    "--no-first-run",
                                    // A camera that shows a test picture, and may be used without a question.
                                    "--use-fake-device-for-media-stream",
                                    "--use-fake-ui-for-media-stream")));
            Runtime.getRuntime().addShutdownHook(new Thread(playwright::close, "chromium-stop"));
        }
        return browser;
    }
}
