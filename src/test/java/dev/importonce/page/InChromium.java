package dev.importonce.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.FilePayload;
import io.quarkus.test.common.http.TestHTTPResource;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

/**
 * Tests of the page in the Chromium of this machine: one browser per class, one profile per test. Skipped, and said so, where there
 * is none. No page may report an error or ask another host for anything.
 */
abstract class InChromium {
    private static final List<String> ARGUMENTS = List.of(
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync");
    private static final double PATIENCE_MILLIS = 20_000;

    private static Playwright playwright;
    private static Browser browser;

    @TestHTTPResource("/")
    URI base;

    BrowserContext profile;
    private final List<String> complaints = Collections.synchronizedList(new ArrayList<>());

    @BeforeAll
    static void openBrowser() {
        Optional<Path> chromium = chromium();
        if (chromium.isEmpty())
            System.err.println("NOT TESTED: the page; no Chromium here (Debian: apt-get install chromium)");
        assumeTrue(chromium.isPresent(), "no Chromium here: apt-get install chromium");
        playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        browser = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(chromium.get())
                        .setHeadless(true)
                        .setArgs(ARGUMENTS));
    }

    @AfterAll
    static void closeBrowser() {
        if (playwright != null) playwright.close();
        playwright = null;
    }

    @BeforeEach
    void openProfile() {
        profile = profile(new Browser.NewContextOptions());
    }

    /** The page may not have complained of anything. */
    @AfterEach
    void closeProfile() {
        profile.close();
        assertEquals(List.of(), complaints);
    }

    /** A profile of its own, watched like the others. */
    BrowserContext profile(Browser.NewContextOptions options) {
        BrowserContext context = browser.newContext(options.setBaseURL(base.toString()));
        context.setDefaultTimeout(PATIENCE_MILLIS);
        com.microsoft.playwright.assertions.PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE_MILLIS);
        context.onWebError(error -> complaints.add(error.error()));
        context.onConsoleMessage(message -> {
            // A refused request is told on the page; the browser's own line about it is no complaint.
            if (message.type().equals("error") && !message.text().startsWith("Failed to load resource"))
                complaints.add(message.text());
        });
        context.onRequest(request -> {
            if (!request.url().startsWith(base.toString())
                    && !request.url().startsWith("blob:" + base)
                    && !mayAsk(request.url())) complaints.add("asked for " + request.url());
        });
        return context;
    }

    /** Whether the page may ask another host for that. */
    boolean mayAsk(String url) {
        return false;
    }

    /** The page in a tab of its own. */
    Page tab(String hash) {
        Page page = profile.newPage();
        page.navigate(hash);
        return page;
    }

    /** Chooses a file; Import can be clicked afterwards. */
    static void choose(Page page, String name, byte[] bytes) {
        page.getByLabel("File", new Page.GetByLabelOptions().setExact(true))
                .setInputFiles(new FilePayload(name, "application/octet-stream", bytes));
    }

    static Locator importButton(Page page) {
        return button(page, "Import");
    }

    static Locator button(Page page, String name) {
        return page.getByRole(
                AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    static Locator result(Page page) {
        return region(page, "Import result");
    }

    static Locator region(Page page, String name) {
        return page.getByRole(
                AriaRole.REGION, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    static Locator progress(Page page) {
        return page.getByRole(AriaRole.PROGRESSBAR, new Page.GetByRoleOptions().setName("Import progress"));
    }

    static Locator history(Page page) {
        return page.getByRole(
                AriaRole.LIST, new Page.GetByRoleOptions().setName("History").setExact(true));
    }

    /** One figure of the import's result. */
    static Locator count(Page page, String name) {
        return result(page).locator("[data-count=" + name + "] dd");
    }

    private static Optional<Path> chromium() {
        return Stream.concat(
                        Stream.ofNullable(System.getenv("CHROMIUM")).map(Path::of),
                        Stream.of("chromium", "chromium-browser", "google-chrome")
                                .map(name -> Path.of("/usr/bin", name)))
                .filter(Files::isExecutable)
                .findFirst();
    }
}
