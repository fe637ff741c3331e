package dev.importonce.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import dev.importonce.fixture.Database;
import dev.importonce.fixture.Imports;
import dev.importonce.fixture.TestPostgres;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The import button in a page of another origin, while things go wrong around it. */
@QuarkusTest
@QuarkusTestResource(TestPostgres.class)
class ButtonTroublePageTest extends OnOtherSite {
    /** Keeps every merge waiting until the test has seen what it wants to see. */
    private static final String NOTHING_IS_MERGED = "lock table contacts in share mode";

    Database database;

    @BeforeEach
    void open() {
        database.update("truncate remembered_mappings");
        site = OtherSite.withButton(base, "en", BUTTON);
    }

    @Test
    void two_tabs_with_the_same_file_follow_one_job() {
        byte[] file = Imports.csv("ann@two-tabs.example,Ann,Lee");
        Page first = opened();
        Page second = opened();
        for (Page page : List.of(first, second)) chosen(page, "two-tabs.csv", file);

        database.whileHolding(NOTHING_IS_MERGED, () -> {
            importButton(first).click();
            assertThat(progress(first)).isVisible();
            importButton(second).click();
            assertThat(progress(second)).isVisible();
            assertThat(second.getByText("Already in progress, following it")).isVisible();
            assertThat(first.getByText("Already in progress, following it")).isHidden();
        });

        for (Page page : List.of(first, second))
            assertThat(count(page, "inserted")).hasText("1");
        assertEquals(1, jobs("two-tabs.csv"));
    }

    @Test
    void after_a_reload_the_same_file_leads_to_the_same_job() {
        byte[] file = Imports.csv("ann@reloaded-page.example,Ann,Lee");
        Page page = opened();
        chosen(page, "reloaded-page.csv", file);

        database.whileHolding(NOTHING_IS_MERGED, () -> {
            importButton(page).click();
            assertThat(progress(page)).isVisible();
            page.reload();
            button(page, "Import a file").click();
            chosen(page, "reloaded-page.csv", file);
            importButton(page).click();
            assertThat(progress(page)).isVisible();
        });

        assertThat(count(page, "inserted")).hasText("1");
        assertEquals(1, jobs("reloaded-page.csv"));
    }

    @Test
    void an_upload_survives_a_lost_connection() {
        Page page = opened();
        HeldBack pieces = HeldBack.of(page, "**/api/sources/tus/*");
        choose(page, "offline.csv", Imports.csv("ann@offline.example,Ann,Lee\n".repeat(250_000)));
        assertThat(upload(page)).isVisible();

        profile.setOffline(true);
        pieces.release();
        assertThat(page.getByText("The connection is lost")).isVisible();
        profile.setOffline(false);
        assertThat(importButton(page)).isEnabled();
        importButton(page).click();

        assertThat(count(page, "overridden")).hasText("249,999");
        assertEquals(1, jobs("offline.csv"));
    }

    @Test
    void an_upload_that_a_reload_broke_off_goes_on_where_it_was() throws IOException {
        Path file = Files.createTempFile("button-reloaded", ".csv");
        try {
            Files.write(file, Imports.csv("ann@broken-off.example,Ann,Lee\n".repeat(300_000)));
            Page page = opened();
            List<String> offsets = offsets(page);
            // The second piece never arrives.
            page.route("**/api/sources/tus/*", route -> {
                if (!"4194304".equals(route.request().headers().get("upload-offset"))) route.resume();
            });
            page.getByLabel("File", exactly()).setInputFiles(file);
            assertThat(upload(page)).not().hasAttribute("aria-valuenow", "0");

            page.reload();
            page.unrouteAll();
            offsets.clear();
            button(page, "Import a file").click();
            page.getByLabel("File", exactly()).setInputFiles(file);
            assertThat(importButton(page)).isEnabled();

            assertEquals("4194304", offsets.get(0));
        } finally {
            Files.delete(file);
        }
    }

    @Test
    void behind_a_path_of_a_proxy_everything_is_found_below_it() throws IOException {
        behindAProxy("de", (proxy, file) -> {
            Page page = profile.newPage();
            page.navigate(site.address());
            button(page, "Datei importieren").click();
            page.getByLabel("Datei", exactly()).setInputFiles(file);
            button(page, "Importieren").click();

            Locator result = region(page, "Ergebnis des Imports");
            assertThat(result.locator("[data-count=inserted] dd")).hasText("1");
            String download = result.getByText("Abgelehnte Zeilen mit Gründen herunterladen (CSV)")
                    .getAttribute("href");
            assertTrue(download.startsWith(proxy + "/api/migrations/"), download);
            button(page, "Hier korrigieren").click();
            assertThat(page.getByLabel("email, Zeile 250002")).hasValue("nobody");
        });
    }

    @Test
    void the_page_itself_works_behind_a_path_of_a_proxy_too() throws IOException {
        behindAProxy("en", (proxy, file) -> {
            Page page = profile.newPage();
            page.navigate(proxy + "/");
            page.getByLabel("File", exactly()).setInputFiles(file);
            importButton(page).click();

            assertThat(count(page, "inserted")).hasText("1");
            assertThat(count(page, "rejected")).hasText("1");
            Page contacts = profile.newPage();
            contacts.navigate(proxy + "/#contacts");
            assertThat(contacts.getByText("ann@en.example")).isVisible();
        });
    }

    /** With the address of the service behind a proxy, and a file of one contact and a rejected row. */
    private void behindAProxy(String language, BiConsumer<String, Path> test) throws IOException {
        Path file = Files.createTempFile("behind-a-proxy", ".csv");
        try (PrefixProxy proxy = PrefixProxy.before(base);
                OtherSite behind = OtherSite.withButton(URI.create(proxy.address()), language, BUTTON)) {
            site.close();
            site = behind;
            // So large that it goes in pieces, at an address that the service has answered with.
            Files.write(
                    file, Imports.csv(("ann@" + language + ".example,Ann,Lee\n").repeat(250_000) + "nobody,Bob,Ray"));
            test.accept(proxy.address(), file);
        } finally {
            Files.delete(file);
        }
    }

    private Page opened() {
        Page page = profile.newPage();
        page.navigate(site.address());
        button(page, "Import a file").click();
        return page;
    }

    private static void chosen(Page page, String name, byte[] file) {
        choose(page, name, file);
        assertThat(region(page, "What would happen")).isVisible();
    }

    /** Where the pieces begin that the page sends, in order. */
    private static List<String> offsets(Page page) {
        List<String> offsets = new CopyOnWriteArrayList<>();
        page.onRequest(request -> {
            // Not headerValue, which waits: a later request could be listed before.
            if (request.method().equals("PATCH")) offsets.add(request.headers().get("upload-offset"));
        });
        return offsets;
    }

    private static Locator upload(Page page) {
        return page.getByRole(AriaRole.PROGRESSBAR, new Page.GetByRoleOptions().setName("Upload progress"));
    }

    private long jobs(String fileName) {
        return database.count("select count(*) from migration_jobs where file_name = ?", fileName);
    }

    private static Page.GetByLabelOptions exactly() {
        return new Page.GetByLabelOptions().setExact(true);
    }
}
