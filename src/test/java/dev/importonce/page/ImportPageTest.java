package dev.importonce.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.FileChooser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.FilePayload;
import dev.importonce.job.Imports;
import dev.importonce.platform.Database;
import dev.importonce.platform.TestPostgres;
import dev.importonce.source.Formats;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
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
    void rejected_rows_are_corrected_on_the_page_and_imported() {
        Page page = tab("/");
        choose(
                page,
                "mend.csv",
                Imports.csv("ann@mend.example,Ann,Lee", "nobody,\"Bob \"\"B\"\", Jr\",=Ray", "x@y,Eve,+1"));
        importButton(page).click();
        assertThat(count(page, "rejected")).hasText("2");

        button(page, "Correct them here").click();
        assertThat(page.getByLabel("first, row 3")).hasValue("Bob \"B\", Jr");
        assertThat(page.getByLabel("last, row 3")).hasValue("=Ray");
        page.getByLabel("email, row 3").fill("bob@mend.example");
        button(page, "Send the corrected rows").click();

        assertThat(count(page, "inserted")).hasText("1");
        assertThat(count(page, "rejected")).hasText("1");
        assertThat(history(page).getByRole(AriaRole.LISTITEM).first()).containsText("mend corrected.csv");
        assertEquals(
                List.of(List.of("Bob \"B\", Jr", "=Ray")),
                database.rows("select first_name, last_name from contacts where email = 'bob@mend.example'"));
    }

    @Test
    void more_rejected_rows_than_a_page_are_shown_page_by_page_and_those_shown_are_sent() {
        Page page = tab("/");
        String[] rows = IntStream.range(0, 250)
                .mapToObj(row -> "nobody " + row + ",Bob,\"Ray \r\n\"\"%d\"\"\"".formatted(row))
                .toArray(String[]::new);
        choose(page, "many.csv", Imports.csv(rows));
        importButton(page).click();
        assertThat(count(page, "rejected")).hasText("250");

        button(page, "Correct them here").click();
        assertThat(page.getByText("The first 100 of 250 rows are shown.")).isVisible();
        page.getByLabel("email, row 2", exactly()).fill("first@many.example");
        button(page, "Show more rows").click();
        assertThat(page.getByLabel("email, row 102", exactly())).isFocused();
        page.getByLabel("email, row 102", exactly()).fill("later@many.example");
        assertThat(page.getByText("The first 200 of 250 rows are shown.")).isVisible();
        button(page, "Send the corrected rows").click();

        assertThat(count(page, "inserted")).hasText("2");
        assertThat(count(page, "rejected")).hasText("198");
        assertEquals(
                List.of(List.of("Ray \r\n\"100\"")),
                database.rows("select last_name from contacts where email = 'later@many.example'"));
        button(page, "Correct them here").click();
        button(page, "Show more rows").click();
        assertThat(button(page, "Show more rows")).isHidden();
    }

    @Test
    void of_more_rejected_rows_than_a_browser_takes_the_first_can_be_corrected() {
        Page page = tab("/");
        String note = "x".repeat(5000);
        String[] rows = IntStream.range(0, 1000)
                .mapToObj(row -> "nobody " + row + ",Bob,\"a\n" + note + "\"")
                .toArray(String[]::new);
        choose(page, "huge.csv", Imports.csv(rows));
        importButton(page).click();
        assertThat(count(page, "rejected")).hasText("1000");

        button(page, "Correct them here").click();
        assertThat(page.getByText("The first 100 of 1000 rows are shown.")).isVisible();
        for (int shown = 100; button(page, "Show more rows").isVisible() && shown < 1000; shown += 100)
            button(page, "Show more rows").click();

        assertThat(page.getByText("To correct more of them, download the file."))
                .isVisible();
        // None of them is cut off.
        assertEquals(List.of(), page.evaluate("""
                () => [...document.querySelectorAll('td:last-child input')].map(({ value }) => value.length).filter((length) => length !== 5001)
                """));
    }

    @Test
    void messages_are_imported_when_the_file_holds_messages() {
        Page page = tab("/");
        choose(
                page,
                "messages.csv",
                "campaignId;prospectId;step;channel;body\nfrom a file;mia;1;mail;Hello\nfrom a file;tom;x;mail;Hello\n"
                        .getBytes(StandardCharsets.UTF_8));
        assertThat(page.getByLabel("Import as")).hasValue("messages");
        assertThat(page.getByLabel("Campaign id (required)")).hasValue("campaignId");
        assertThat(page.getByLabel("Can be undone")).isHidden();
        assertThat(region(page, "What would happen")).containsText("New1");
        importButton(page).click();

        assertThat(count(page, "inserted")).hasText("1");
        assertThat(count(page, "rejected")).hasText("1");
        assertThat(history(page).getByRole(AriaRole.LISTITEM).first()).containsText("into messages");
        assertEquals(1, database.count("select count(*) from send_queue where campaign_id = 'from a file'"));
        Looks.at(page, "import-messages");
    }

    @Test
    void another_target_is_chosen_by_hand_and_asks_for_its_own_fields() {
        Page page = tab("/");
        choose(page, "pairs.csv", "left,right,email\nann,bob,x@pairs.example\n".getBytes(StandardCharsets.UTF_8));
        assertThat(importButton(page)).isEnabled();

        page.getByLabel("Import as").selectOption("Chats");
        assertThat(page.getByText("Choose a column for: Participant 1, Participant 2."))
                .isVisible();
        assertThat(importButton(page)).isDisabled();
        assertThat(page.getByLabel("Participant 3")).isHidden();
        Looks.at(page, "import-chats");
        page.getByLabel("Participant 1 (required)").selectOption("left");
        page.getByLabel("Participant 2 (required)").selectOption("right");
        assertThat(page.getByLabel("Participant 3")).isVisible();
        assertThat(page.getByLabel("Participant 4")).isHidden();
        assertThat(region(page, "What would happen")).containsText("New1");
        importButton(page).click();

        assertThat(count(page, "inserted")).hasText("1");
        assertEquals(1, database.count("select count(*) from chats where participants_key = 'ann_bob'"));
    }

    @Test
    void an_import_that_can_be_undone_is_undone_and_says_so_after_a_reload() {
        Page page = tab("/");
        choose(page, "undo.csv", Imports.csv("ann@undo.example,Ann,Lee", "bob@undo.example,Bob,Ray"));
        page.getByLabel("Can be undone").check();
        importButton(page).click();
        assertThat(count(page, "inserted")).hasText("2");

        Locator line = history(page).getByRole(AriaRole.LISTITEM).first();
        // A click stays with the element that it found first.
        assertThat(line).containsText("undo.csv");
        line.getByText("Undo", new Locator.GetByTextOptions().setExact(true)).click();
        page.getByRole(AriaRole.DIALOG).getByText("Keep it").click();
        assertEquals(2, database.count("select count(*) from contacts where email like '%@undo.example'"));
        line.getByText("Undo", new Locator.GetByTextOptions().setExact(true)).click();
        page.getByRole(AriaRole.DIALOG)
                .getByText("Undo", new Locator.GetByTextOptions().setExact(true))
                .click();

        assertThat(line).containsText("undone: 2 contacts");
        page.reload();
        assertThat(result(page)).containsText("undone: 2 contacts");
        assertEquals(0, database.count("select count(*) from contacts where email like '%@undo.example'"));
    }

    @Test
    void an_import_is_cancelled_retried_and_run_again() {
        Page page = tab("/");
        choose(page, "retry.csv", Imports.csv("ann@retry.example,Ann,Lee"));
        assertThat(region(page, "What would happen")).isVisible();
        Locator line = history(page).getByRole(AriaRole.LISTITEM).first();
        database.whileHolding(NOTHING_IS_MERGED, () -> {
            importButton(page).click();
            assertThat(line).containsText("retry.csv");
            line.getByText("Cancel", new Locator.GetByTextOptions().setExact(true))
                    .click();
            assertThat(result(page)).containsText("cancelled");
        });

        line.getByText("Retry", new Locator.GetByTextOptions().setExact(true)).click();
        assertThat(count(page, "inserted")).hasText("1");
        assertThat(line).containsText("completed");
        line.getByText("Run again").click();

        assertThat(count(page, "unchanged")).hasText("1");
        assertEquals(3, jobs("retry.csv"));
    }

    @Test
    void progress_is_streamed_and_asked_for_where_streams_are_cut() {
        Page page = tab("/");
        choose(page, "stream.csv", Imports.csv("ann@stream.example,Ann,Lee"));
        page.waitForRequest(
                "**/api/migrations/*/events", () -> importButton(page).click());
        assertThat(count(page, "inserted")).hasText("1");

        page.route("**/api/migrations/*/events", route -> route.abort());
        choose(page, "polled.csv", Imports.csv("ann@polled.example,Ann,Lee"));
        importButton(page).click();

        assertThat(page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setName("polled.csv")))
                .isVisible();
        assertThat(count(page, "inserted")).hasText("1");
    }

    @Test
    void a_large_file_is_sent_in_pieces_and_goes_on_after_a_lost_connection() {
        Page page = tab("/");
        byte[] file = Imports.csv("ann@large.example,Ann,Lee\n".repeat(250_000));
        AtomicInteger pieces = new AtomicInteger();
        page.route("**/api/sources/tus/*", route -> {
            boolean piece = route.request().method().equals("PATCH");
            if (piece && pieces.incrementAndGet() == 2) route.abort("connectionreset");
            else route.resume();
        });

        choose(page, "large.csv", file);
        assertThat(page.getByText("The connection is lost")).isVisible();
        assertThat(importButton(page)).isEnabled();
        importButton(page).click();

        assertThat(count(page, "overridden")).hasText("249,999");
        assertEquals(1, database.count("select count(*) from sources where byte_count = ?", (long) file.length));
    }

    @Test
    void a_file_that_is_changed_while_it_is_sent_is_refused() throws Exception {
        Page page = tab("/");
        Path file = Files.createTempFile("changed", ".csv");
        try {
            Files.write(file, Imports.csv("ann@changed.example,Ann,Lee\n".repeat(300_000)));
            AtomicInteger pieces = new AtomicInteger();
            page.route("**/api/sources/tus/*", route -> {
                if (route.request().method().equals("PATCH") && pieces.incrementAndGet() == 2) {
                    shorten(file);
                    route.abort("connectionreset");
                } else route.resume();
            });

            page.getByLabel("File", new Page.GetByLabelOptions().setExact(true)).setInputFiles(file);

            assertThat(page.getByRole(AriaRole.ALERT)).containsText("has changed since it was chosen");
        } finally {
            Files.delete(file);
        }
    }

    @Test
    void an_upload_is_cancelled_and_leaves_nothing() {
        Page page = tab("/");
        page.route("**/api/sources/tus/*", route -> {
            if (!route.request().method().equals("PATCH")) route.resume();
        });
        choose(page, "stopped.csv", Imports.csv("ann@stopped.example,Ann,Lee\n".repeat(400_000)));

        page.waitForResponse(
                response -> response.request().method().equals("DELETE") && response.status() == 204,
                () -> button(page, "Cancel upload").click());

        assertThat(page.getByText("The upload was cancelled.")).isVisible();
        assertThat(importButton(page)).isDisabled();
        assertEquals(0, database.count("select count(*) from uploads where received_bytes < announced_bytes"));
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
        // Choosers are caught only a while after somebody has asked for them.
        page.onFileChooser(chooser -> {});
        tabTo(page, "File");
        FileChooser chooser = page.waitForFileChooser(() -> page.keyboard().press("Enter"));
        chooser.setFiles(new FilePayload("keys.csv", "text/csv", Imports.csv("ann@keys.example,Ann,Lee")));
        assertThat(importButton(page)).isEnabled();

        tabTo(page, "Import");
        page.keyboard().press("Enter");

        assertThat(count(page, "inserted")).hasText("1");
    }

    private static void shorten(Path file) {
        try {
            Files.writeString(file, "email\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Page.GetByLabelOptions exactly() {
        return new Page.GetByLabelOptions().setExact(true);
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
