package dev.importonce.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.FileChooser;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.FilePayload;
import dev.importonce.job.Imports;
import dev.importonce.platform.Database;
import dev.importonce.platform.TestPostgres;
import dev.importonce.source.Formats;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The person who clicks Import, in a real browser. */
@QuarkusTest
@QuarkusTestResource(TestPostgres.class)
class ImportPageTest extends InChromium {
    /** Keeps every merge waiting until the test has seen what it wants to see. */
    private static final String NOTHING_IS_MERGED = "lock table contacts in share mode";

    Database database;

    @Test
    void a_csv_file_is_mapped_foreseen_imported_and_listed() {
        byte[] file = "E-Mail-Adresse;Vorname;Notiz\nann@csv.example;Ann;x\nbob@csv.example;Bob;y\nnobody;Eve;z\n"
                .getBytes(StandardCharsets.UTF_8);
        Page page = tab("/");

        choose(page, "leads.csv", file);
        assertThat(page.getByText("separated by semicolons")).isVisible();
        assertThat(page.getByLabel("E-mail (required)")).hasValue("E-Mail-Adresse");
        assertThat(page.getByLabel("First name")).hasValue("Vorname");
        assertThat(region(page, "What would happen")).containsText("New2");
        assertThat(region(page, "What would happen")).containsText("Row 4: ");
        importButton(page).click();

        assertThat(result(page)).containsText("completed");
        assertThat(count(page, "inserted")).hasText("2");
        assertThat(count(page, "rejected")).hasText("1");
        assertThat(progress(page)).hasAttribute("aria-valuenow", "100");
        assertThat(history(page).getByRole(AriaRole.LISTITEM).first()).containsText("leads.csv");
        assertEquals(2, database.count("select count(*) from contacts where email like '%@csv.example'"));
    }

    @Test
    void a_spreadsheet_is_imported() {
        Page page = tab("/");

        choose(
                page,
                "people.xlsx",
                Formats.xlsx(List.of(List.of("Name", "Mail"), List.of("Ann", "ann@xlsx.example")), "People"));
        page.getByLabel("E-mail (required)").selectOption("Mail");
        importButton(page).click();

        assertThat(count(page, "inserted")).hasText("1");
    }

    @Test
    void twenty_clicks_at_once_import_once() {
        Page page = tab("/");
        choose(page, "clicks.csv", Imports.csv("ann@clicks.example,Ann,Lee"));
        assertThat(importButton(page)).isEnabled();

        page.evaluate("""
                () => {
                  const button = [...document.querySelectorAll('button')].find(({ textContent }) => textContent === 'Import');
                  for (let click = 0; click < 20; click++) button.click();
                }
                """);

        assertThat(count(page, "inserted")).hasText("1");
        assertEquals(1, jobs("clicks.csv"));
    }

    @Test
    void a_click_on_an_import_that_is_done_shows_it_and_does_not_do_it_again() {
        Page page = tab("/");
        choose(page, "again.csv", Imports.csv("ann@again.example,Ann,Lee"));
        importButton(page).click();
        assertThat(count(page, "inserted")).hasText("1");

        importButton(page).click();

        assertThat(page.getByText("Already imported, this is its result")).isVisible();
        assertEquals(1, jobs("again.csv"));
    }

    @Test
    void two_tabs_follow_the_same_import() {
        Page first = tab("/");
        Page second = tab("/");
        byte[] file = Imports.csv("ann@tabs.example,Ann,Lee");
        for (Page page : List.of(first, second)) {
            choose(page, "tabs.csv", file);
            assertThat(region(page, "What would happen")).isVisible();
        }

        database.whileHolding(NOTHING_IS_MERGED, () -> {
            importButton(first).click();
            assertThat(progress(first)).isVisible();
            importButton(second).click();
            assertThat(second.getByText("Already in progress, following it")).isVisible();
        });

        for (Page page : List.of(first, second))
            assertThat(count(page, "inserted")).hasText("1");
        assertEquals(1, jobs("tabs.csv"));
        assertThat(history(first).getByRole(AriaRole.LISTITEM).first()).containsText("clicked 2 times, imported once");
    }

    @Test
    void a_reload_in_the_middle_finds_the_import_again() {
        Page page = tab("/");
        choose(page, "reload.csv", Imports.csv("ann@reload.example,Ann,Lee"));
        assertThat(region(page, "What would happen")).isVisible();

        database.whileHolding(NOTHING_IS_MERGED, () -> {
            importButton(page).click();
            assertThat(progress(page)).isVisible();
            page.reload();
            assertThat(progress(page)).isVisible();
            assertThat(result(page)).isHidden();
        });

        assertThat(count(page, "inserted")).hasText("1");
        assertEquals(1, jobs("reload.csv"));
    }

    @Test
    void the_rejected_rows_can_be_downloaded() throws Exception {
        Page page = tab("/");
        choose(page, "rejects.csv", Imports.csv("ann@rejects.example,Ann,Lee", "nobody,Bob,Ray"));
        importButton(page).click();
        assertThat(count(page, "rejected")).hasText("1");

        Download download = page.waitForDownload(
                () -> result(page).getByText("Download the rejected rows").click());

        String csv = Files.readString(download.path());
        assertTrue(csv.startsWith("email,first,last,_row,_reason\r\nnobody,Bob,Ray,3,"), csv);
    }

    @Test
    void a_file_that_is_none_is_refused_with_what_to_do() {
        Page page = tab("/");

        choose(page, "empty.csv", new byte[0]);

        assertThat(page.getByRole(AriaRole.ALERT)).containsText("The file is empty");
        assertThat(importButton(page)).isDisabled();
    }

    @Test
    void the_keyboard_is_enough() {
        Page page = tab("/");
        tabTo(page, "File");
        FileChooser chooser = page.waitForFileChooser(() -> page.keyboard().press("Enter"));
        chooser.setFiles(new FilePayload("keys.csv", "text/csv", Imports.csv("ann@keys.example,Ann,Lee")));
        assertThat(importButton(page)).isEnabled();

        tabTo(page, "Import");
        page.keyboard().press("Enter");

        assertThat(count(page, "inserted")).hasText("1");
    }

    private static void tabTo(Page page, String name) {
        for (int key = 0; key < 60; key++) {
            page.keyboard().press("Tab");
            if (page.evaluate("""
                    () => (document.activeElement.labels?.[0] ?? document.activeElement).textContent.trim()
                    """).equals(name)) return;
        }
        throw new AssertionError("the Tab key does not lead to " + name);
    }

    private long jobs(String fileName) {
        return database.count(
                "select count(*) from migration_jobs j join sources s on s.id = j.source_id where j.file_name = ?",
                fileName);
    }
}
