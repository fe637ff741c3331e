package dev.importonce.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.Download;
import com.microsoft.playwright.FileChooser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.FilePayload;
import dev.importonce.fixture.Database;
import dev.importonce.fixture.Formats;
import dev.importonce.fixture.Imports;
import dev.importonce.fixture.TestPostgres;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The person who clicks Import, in a real browser. */
@QuarkusTest
@QuarkusTestResource(TestPostgres.class)
class ImportPageTest extends InChromium {
    /** Keeps every merge waiting until the test has seen what it wants to see. */
    private static final String NOTHING_IS_MERGED = "lock table contacts in share mode";

    Database database;

    /** The forms are as the service suggests them, not as other tests have used them. */
    @BeforeEach
    void nothing_was_used_before() {
        database.update("truncate remembered_mappings");
    }

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
    void what_is_in_the_file_is_seen_at_once_and_beside_each_field() {
        Page page = tab("/");
        choose(
                page,
                "seen.csv",
                "Mail,Vorname,Rufname\nann@seen.example,Annegret,Ann\nbob@seen.example,Robert,Bob\n"
                        .getBytes(StandardCharsets.UTF_8));

        Locator firstName = page.getByLabel("First name");
        assertThat(region(page, "First rows").getByText("Annegret")).isVisible();
        assertThat(page.getByLabel("E-mail (required)")).hasAttribute("required", "");
        assertThat(page.getByLabel("E-mail (required)")).hasAccessibleDescription("ann@seen.example, bob@seen.example");
        assertThat(firstName).hasAccessibleDescription("Annegret, Robert");
        firstName.selectOption("Rufname");
        assertThat(firstName).hasAccessibleDescription("Ann, Bob");
        importButton(page).click();

        assertThat(count(page, "inserted")).hasText("2");
        assertEquals(
                List.of(List.of("Ann"), List.of("Bob")),
                database.rows("select first_name from contacts where email like '%@seen.example' order by 1"));
    }

    @Test
    void the_effect_on_existing_rows_is_shown_before_the_import() {
        Imports.imported(Imports.csv("ann@there.example,Ann,Lee", "bob@there.example,Bob,Ray"), Imports.MAPPING);
        Page page = tab("/");
        choose(
                page,
                "there.csv",
                Imports.csv(
                        "ann@there.example,Ann,Lee",
                        "bob@there.example,Bob,Jay",
                        "new@there.example,New,One",
                        "nobody,Eve,Mo"));

        Locator outlook = region(page, "What would happen");
        assertThat(outlook.locator("dl")).hasText("New1Changed1Unchanged1Rejected1");
        page.getByLabel("When a contact is there already").selectOption("Leave it as it is");
        assertThat(outlook.locator("dl")).hasText("New1Skipped2Rejected1");
        assertEquals(
                List.of(List.of("Lee"), List.of("Ray")),
                database.rows("select last_name from contacts where email like '%@there.example' order by 1"));
        assertEquals(0, jobs("there.csv"));
    }

    @Test
    void a_file_dropped_anywhere_is_taken_and_never_opened_instead() {
        Page page = tab("/");
        assertEquals(true, drag(page, "dragover", "dropped.csv"));
        assertThat(page.locator(".dropping .drop")).isVisible();
        assertEquals(true, drag(page, "dragleave", "dropped.csv"));
        assertThat(page.locator(".dropping .drop")).hasCount(0);

        assertEquals(true, drag(page, "drop", "one.csv", "two.csv"));
        assertThat(page.getByRole(AriaRole.ALERT)).containsText("Drop one file at a time");
        assertEquals(true, drag(page, "drop", "dropped.csv"));
        assertThat(region(page, "What would happen")).isVisible();
        assertThat(page.locator(".dropping .drop")).hasCount(0);
        importButton(page).click();

        assertThat(count(page, "inserted")).hasText("1");
        assertEquals(1, jobs("dropped.csv"));
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Integrity"))
                .click();
        assertThat(page.getByText("Everything that must hold does.")).isVisible();
        assertEquals(true, drag(page, "drop", "elsewhere.csv"));
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
    void another_sheet_is_chosen_and_its_columns_are_what_is_mapped() {
        Page page = tab("/");
        choose(
                page,
                "sheets.xlsx",
                Formats.workbook(
                        Map.of(
                                "Notes", List.of(List.of("Topic", "Owner"), List.of("none", "nobody")),
                                "Leads", List.of(List.of("E-Mail"), List.of("ann@sheets.example"))),
                        "Notes",
                        "Leads"));
        assertThat(page.getByText("Choose a column for: E-mail.")).isVisible();

        page.getByText("Read it in another way").click();
        assertThat(page.getByLabel("Sheet", exactly())).hasValue("Notes");
        page.getByLabel("Sheet", exactly()).selectOption("Leads");
        assertThat(page.getByText("sheet \"Leads\"")).isVisible();
        assertThat(page.getByLabel("E-mail (required)")).hasValue("E-Mail");
        assertThat(region(page, "What would happen")).containsText("New1");
        Looks.at(page, "import-another-sheet");
        importButton(page).click();

        assertThat(count(page, "inserted")).hasText("1");
        page.goBack();
        // As it was found again: that is another import.
        page.getByLabel("Sheet", exactly()).selectOption("Notes");
        assertThat(page.getByText("Found: XLSX, sheet \"Notes\"")).isVisible();
        assertThat(importButton(page)).isDisabled();
    }

    @Test
    void an_unreadable_file_is_read_with_the_format_a_user_chooses() {
        ByteArrayOutputStream mixed = new ByteArrayOutputStream();
        mixed.writeBytes("E-Mail;Vorname\nann@mixed.example;Zoë Müller\n".getBytes(StandardCharsets.UTF_8));
        mixed.writeBytes("bob@mixed.example;Jürgen\n".getBytes(Charset.forName("windows-1252")));
        Page page = tab("/");
        choose(page, "mixed.csv", mixed.toByteArray());
        assertThat(page.getByRole(AriaRole.ALERT)).containsText("is not");
        assertThat(importButton(page)).isDisabled();
        Looks.at(page, "import-unreadable");

        page.getByLabel("Encoding", exactly()).selectOption("windows-1252");
        assertThat(region(page, "First rows").getByText("Jürgen")).isVisible();
        assertThat(page.getByRole(AriaRole.ALERT)).isEmpty();
        importButton(page).click();

        assertThat(count(page, "inserted")).hasText("2");
        assertEquals(
                List.of(List.of("Jürgen")),
                database.rows("select first_name from contacts where email = 'bob@mixed.example'"));
    }

    @Test
    void a_user_chooses_an_unclear_encoding_by_how_the_text_reads() {
        byte[] either = "E-Mail,First Name\npeep@either.example,Peep Võsu\n".getBytes(Charset.forName("windows-1252"));
        Page page = tab("/");
        choose(page, "either.csv", either);
        assertThat(page.getByText("Choose the one in which the names read right."))
                .isVisible();
        assertThat(importButton(page)).isDisabled();
        Locator encoding = page.getByLabel("Encoding", exactly());
        assertThat(encoding).containsText("Peep Võsu");
        assertThat(encoding).containsText("Peep Vősu");
        Looks.at(page, "import-ambiguous-encoding");

        encoding.selectOption("windows-1252");
        assertThat(region(page, "First rows").getByText("Peep Võsu")).isVisible();
        importButton(page).click();

        assertThat(count(page, "inserted")).hasText("1");
        assertEquals(
                List.of(List.of("Peep Võsu")),
                database.rows("select first_name from contacts where email = 'peep@either.example'"));
    }

    @Test
    void the_header_row_is_clicked_and_changes_to_the_file_are_told() {
        byte[] file = ("Contacts,of,Acme\nEmail,First Name,Note\nann@place.example,Ann,x\n,,\nbob@place.example\n")
                .getBytes(StandardCharsets.UTF_8);
        Page page = tab("/");
        choose(page, "titled.csv", file);
        Locator about = page.getByRole(AriaRole.LIST, new Page.GetByRoleOptions().setName("About the file"));
        assertThat(about.first()).containsText("Rows without any value are left out.");

        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Row 2 has the names of the columns"))
                .click();
        assertThat(page.getByLabel("E-mail (required)")).hasValue("Email");
        assertThat(page.getByLabel("Names of the columns", exactly())).hasValue("2");
        assertThat(region(page, "What would happen")).containsText("New2");
        Looks.at(page, "import-header-row");
        importButton(page).click();

        assertThat(count(page, "inserted")).hasText("2");
        assertThat(result(page)).containsText("Rows have fewer cells than there are columns");
        assertEquals(
                List.of(List.of("Ann")),
                database.rows("select first_name from contacts where email = 'ann@place.example'"));
    }

    @Test
    void another_delimiter_is_chosen_and_a_wrong_one_is_taken_back() {
        Page page = tab("/");
        choose(page, "cells.csv", "email;first,last\nann@cells.example;Ann,Lee\n".getBytes(StandardCharsets.UTF_8));
        page.getByText("Read it in another way").click();
        Locator delimiter = page.getByLabel("Separated by", exactly());
        String found = delimiter.inputValue();

        delimiter.selectOption("Tabs");
        assertThat(page.getByText("separated by tabs")).isVisible();
        assertThat(region(page, "First rows").locator("th")).hasText(new String[] {"Row", "email;first,last"});
        delimiter.selectOption("Semicolons");
        assertThat(region(page, "First rows").locator("th")).hasText(new String[] {"Row", "email", "first,last"});
        page.getByLabel("E-mail (required)").selectOption("email");
        importButton(page).click();

        assertThat(count(page, "inserted")).hasText("1");
        page.goBack();
        delimiter.selectOption(found);
        assertThat(delimiter).hasValue(found);
        choose(page, "next.csv", Imports.csv("ann@next.example,Ann,Lee"));
        assertThat(page.getByLabel("E-mail (required)")).hasValue("email");
        assertThat(delimiter).isHidden();
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
        assertThat(page.getByLabel("email, row 3")).hasAttribute("aria-invalid", "true");
        assertThat(page.getByLabel("email, row 3"))
                .hasAccessibleDescription("email \"nobody\" is not an e-mail address: it has no @.");
        assertThat(page.locator("td [aria-invalid]")).hasCount(2);
        page.getByLabel("email, row 3").fill("bob@mend.example");
        assertThat(page.locator("td [aria-invalid]")).hasCount(1);
        button(page, "Send the corrected rows").click();

        assertThat(count(page, "inserted")).hasText("1");
        assertThat(count(page, "rejected")).hasText("1");
        assertThat(history(page).getByRole(AriaRole.LISTITEM).first()).containsText("mend corrected.csv");
        assertEquals(
                List.of(List.of("Bob \"B\", Jr", "=Ray")),
                database.rows("select first_name, last_name from contacts where email = 'bob@mend.example'"));
    }

    @Test
    void cells_that_no_column_has_are_moved_to_where_they_belong() {
        Page page = tab("/");
        choose(page, "surplus.csv", Imports.csv("ann@surplus.example,Ann,Lee", "bob@surplus.example,Ray, Bob,Jr"));
        importButton(page).click();
        assertThat(count(page, "rejected")).hasText("1");

        button(page, "Correct them here").click();
        assertThat(page.getByLabel("Cell 4, row 3")).hasValue("Jr");
        button(page, "Send the corrected rows").click();
        assertThat(count(page, "inserted")).hasText("0");
        assertThat(count(page, "rejected")).hasText("1");

        button(page, "Correct them here").click();
        page.getByLabel("first, row 2").fill("Bob");
        page.getByLabel("last, row 2").fill("Ray Jr");
        page.getByLabel("Cell 4, row 2").fill("");
        button(page, "Send the corrected rows").click();
        assertThat(count(page, "inserted")).hasText("1");
        assertEquals(
                List.of(List.of("Bob", "Ray Jr")),
                database.rows("select first_name, last_name from contacts where email = 'bob@surplus.example'"));
    }

    @Test
    void many_rejected_rows_are_shown_page_by_page_and_sent_whole() {
        Page page = tab("/");
        String[] rows = IntStream.range(0, 250)
                .mapToObj(row -> "nobody " + row + ",Bob,\"Ray \r\n\"\"%d\"\"\"".formatted(row))
                .toArray(String[]::new);
        choose(page, "many.csv", Imports.csv(rows));
        importButton(page).click();
        assertThat(count(page, "rejected")).hasText("250");

        button(page, "Correct them here").click();
        assertThat(page.getByText("1 to 100 of 250")).isVisible();
        page.getByLabel("email, row 2", exactly()).fill("first@many.example");
        button(page, "Next rows").click();
        assertThat(page.getByLabel("email, row 102", exactly())).isFocused();
        page.getByLabel("email, row 102", exactly()).fill("later@many.example");
        page.keyboard().press("ArrowUp");
        assertThat(page.getByLabel("email, row 101", exactly())).isFocused();
        assertThat(page.getByText("1 to 100 of 250")).isVisible();
        button(page, "Send the corrected rows").click();

        assertThat(count(page, "inserted")).hasText("2");
        assertThat(count(page, "rejected")).hasText("248");
        assertEquals(
                List.of(List.of("Ray \r\n\"100\"")),
                database.rows("select last_name from contacts where email = 'later@many.example'"));
        button(page, "Correct them here").click();
        button(page, "Next rows").click();
        button(page, "Next rows").click();
        assertThat(page.getByText("201 to 248 of 248")).isVisible();
        assertThat(button(page, "Next rows")).isDisabled();
    }

    @Test
    void of_too_many_rejected_rows_the_first_can_be_corrected() {
        Page page = tab("/");
        String note = "x".repeat(5000);
        String[] rows = IntStream.range(0, 1000)
                .mapToObj(row -> "nobody " + row + ",Bob,\"a\n" + note + "\"")
                .toArray(String[]::new);
        choose(page, "huge.csv", Imports.csv(rows));
        importButton(page).click();
        assertThat(count(page, "rejected")).hasText("1000");

        button(page, "Correct them here").click();
        assertThat(page.getByText("To correct more of them, download the file."))
                .isVisible();
        for (int turned = 0; button(page, "Next rows").isEnabled() && turned < 10; turned++)
            button(page, "Next rows").click();

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
    void another_target_is_chosen_and_asks_for_its_own_fields() {
        Page page = tab("/");
        choose(page, "pairs.csv", "left,right,email\npia,rob,x@pairs.example\n".getBytes(StandardCharsets.UTF_8));
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
        assertEquals(1, database.count("select count(*) from chats where participants_key = 'pia_rob'"));
    }

    @Test
    void an_import_is_undone_and_still_says_so_after_a_reload() {
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

        assertThat(line).containsText("undone: 2 rows");
        page.reload();
        assertThat(result(page)).containsText("undone: 2 rows");
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

        button(page, "Import another file").click();
        page.route("**/api/migrations/*/events", route -> route.abort());
        choose(page, "polled.csv", Imports.csv("ann@polled.example,Ann,Lee"));
        importButton(page).click();

        assertThat(page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setName("polled.csv")))
                .isVisible();
        assertThat(count(page, "inserted")).hasText("1");
    }

    @Test
    void a_large_file_goes_in_pieces_and_survives_a_lost_connection() {
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
    void an_upload_that_a_reload_broke_off_goes_on_where_it_was() throws Exception {
        Path file = Files.createTempFile("reloaded", ".csv");
        try {
            Files.write(file, Imports.csv("ann@reloaded.example,Ann,Lee\n".repeat(300_000)));
            Page page = tab("/");
            AtomicInteger pieces = new AtomicInteger();
            page.route("**/api/sources/tus/*", route -> {
                // The second piece never arrives.
                if (!route.request().method().equals("PATCH") || pieces.incrementAndGet() == 1) route.resume();
            });
            Locator chooser = page.getByLabel("File", exactly());
            chooser.setInputFiles(file);
            assertThat(page.getByRole(AriaRole.PROGRESSBAR, new Page.GetByRoleOptions().setName("Upload progress")))
                    .not()
                    .hasAttribute("aria-valuenow", "0");

            page.reload();
            page.unrouteAll();
            List<String> offsets = new CopyOnWriteArrayList<>();
            page.onRequest(request -> {
                // Not headerValue, which waits: a later request could be listed before.
                if (request.method().equals("PATCH"))
                    offsets.add(request.headers().get("upload-offset"));
            });
            chooser.setInputFiles(file);
            assertThat(importButton(page)).isEnabled();

            assertEquals(List.of("4194304"), offsets.subList(0, 1));
            assertEquals(1, database.count("select count(*) from sources where byte_count = ?", Files.size(file)));
        } finally {
            Files.delete(file);
        }
    }

    @Test
    void the_speed_and_the_remaining_time_are_shown_during_an_import() {
        Page page = tab("/");
        page.route("**/api/migrations/*/events", route -> route.abort());
        // The real job, and thousand rows more of a million at each look.
        AtomicInteger looks = new AtomicInteger();
        page.route(Pattern.compile("/api/migrations/[0-9a-f-]{36}$"), route -> {
            APIResponse answer = route.fetch();
            JsonObject job = JsonParser.parseString(answer.text()).getAsJsonObject();
            job.addProperty("status", "processing");
            JsonObject progress = job.getAsJsonObject("progress");
            progress.addProperty("phase", "reading");
            progress.addProperty("totalRows", 1_000_000);
            progress.addProperty("readRows", 1000 * looks.incrementAndGet());
            progress.addProperty("processedRows", 0);
            route.fulfill(new Route.FulfillOptions().setResponse(answer).setBody(job.toString()));
        });
        choose(page, "pace.csv", Imports.csv("ann@pace.example,Ann,Lee"));
        importButton(page).click();

        // Half of a row's way is done when it is read: at most 500 a second, so at least half an hour.
        assertThat(page.locator("[aria-live=polite]"))
                .hasText(
                        Pattern.compile(
                                "Reading, [\\d,]+ of 1,000,000 rows read, [1-4]\\d\\d rows per second, about (\\d\\d min|\\d\\.\\d h) left\\."));
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
        chooser.setFiles(
                new FilePayload("keys.csv", "text/csv", Imports.csv("ann@keys.example,Ann,Lee", "nobody,Bob,Ray")));
        assertThat(importButton(page)).isEnabled();
        tabTo(page, "Last name");
        page.keyboard().type("Not imported");
        tabTo(page, "Can be undone for 30 days (takes longer)");
        page.keyboard().press("Space");
        assertThat(region(page, "What would happen")).isVisible();
        tabTo(page, "Import");
        page.keyboard().press("Enter");
        assertThat(count(page, "inserted")).hasText("1");
        assertThat(page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setName("keys.csv")))
                .isFocused();

        tabTo(page, "Correct them here");
        page.keyboard().press("Enter");
        assertThat(page.getByLabel("email, row 3")).isVisible();
        tabTo(page, "Cancel");
        page.keyboard().press("Enter");
        assertThat(page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setName("keys.csv")))
                .isFocused();
        tabTo(page, "Correct them here");
        page.keyboard().press("Enter");
        tabTo(page, "email, row 3");
        page.keyboard().type("bob@keys.example");
        tabTo(page, "Send the corrected rows");
        page.keyboard().press("Enter");
        assertThat(page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setName("keys corrected.csv")))
                .isFocused();
        assertThat(count(page, "inserted")).hasText("1");

        assertThat(history(page).getByRole(AriaRole.LISTITEM).first()).containsText("1 inserted");
        tabTo(page, "Undo");
        page.keyboard().press("Enter");
        assertThat(page.getByRole(AriaRole.DIALOG)).containsText("Undo keys corrected.csv?");
        page.keyboard().press("Escape");
        assertThat(page.getByRole(AriaRole.DIALOG)).isHidden();
        assertThat(button(page, "Undo").first()).isFocused();
        page.keyboard().press("Enter");
        assertThat(page.getByRole(AriaRole.DIALOG)).isVisible();
        tabTo(page, "Undo");
        page.keyboard().press("Enter");

        assertThat(history(page).getByRole(AriaRole.LISTITEM).first()).containsText("undone: 1 row");
        assertEquals(
                Arrays.asList(Arrays.asList("ann@keys.example", null)),
                database.rows("select email, last_name from contacts where email like '%@keys.example'"));
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
        for (int key = 0; key < 80; key++) {
            page.keyboard().press("Tab");
            if (focused(page).equals(name)) return;
        }
        throw new AssertionError("the Tab key does not lead to " + name);
    }

    /** What the keyboard acts on, by its label or text. */
    private static Object focused(Page page) {
        return page.evaluate("""
                () => {
                  const { ariaLabel, labels, textContent } = document.activeElement;
                  return ariaLabel ?? (labels?.[0]?.textContent || textContent).trim();
                }
                """);
    }

    /** What the browser tells of files that are dragged over the page's header; answers whether it is kept from opening them. */
    private static Object drag(Page page, String moment, String... names) {
        return page.evaluate("""
                ([moment, names]) => {
                  const dataTransfer = new DataTransfer();
                  for (const name of names) dataTransfer.items.add(new File(['email\\nann@dropped.example\\n'], name));
                  return !document.querySelector('header').dispatchEvent(new DragEvent(moment, { bubbles: true, cancelable: true, dataTransfer }));
                }
                """, List.of(moment, List.of(names)));
    }

    private long jobs(String fileName) {
        return database.count("select count(*) from migration_jobs where file_name = ?", fileName);
    }
}
