package dev.importonce.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import dev.importonce.fixture.Database;
import dev.importonce.fixture.Imports;
import dev.importonce.fixture.TestPostgres;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Every view in every state: what it does, and how it looks. */
@QuarkusTest
@QuarkusTestResource(TestPostgres.class)
class ViewsPageTest extends InChromium {
    private static final String MESSAGE =
            "{\"items\": [{\"campaignId\": \"spring\", \"prospectId\": \"%s\", \"step\": 1, \"channel\": \"mail\", \"body\": \"Hello\","
                    + " \"scheduledFor\": \"2099-01-01T00:00:00Z\"}]}";

    Database database;

    @Test
    void the_import_from_a_file_to_its_corrected_rejects() {
        Page page = tab("/");
        Looks.at(page, "import");
        choose(
                page,
                "Kontakte Köln.csv",
                "E-Mail;Vorname;Nachname;Firma;Notiz\nann@views.example;Ann;Lee;ACME;x\nnobody;Bob;Ray;ACME;y\nx@y;Eve;Öz;;z\n"
                        .getBytes(StandardCharsets.UTF_8));
        page.getByLabel("Can be undone").check();
        assertThat(region(page, "What would happen")).isVisible();
        Looks.at(page, "import-mapped");

        importButton(page).click();
        assertThat(count(page, "inserted")).hasText("1");
        button(page, "Correct them here").click();
        assertThat(page.getByLabel("E-Mail, row 3")).isVisible();
        Looks.at(page, "import-result");

        Locator line = history(page).getByRole(AriaRole.LISTITEM).first();
        // A click stays with the element that it found first.
        assertThat(line).containsText("Kontakte Köln.csv");
        line.getByText("Undo", new Locator.GetByTextOptions().setExact(true)).click();
        assertThat(page.getByRole(AriaRole.DIALOG)).isVisible();
        Looks.at(page, "import-question");
    }

    @Test
    void an_import_at_work_and_one_that_is_refused() {
        Page page = tab("/");
        choose(page, "work.csv", Imports.csv("ann@work.example,Ann,Lee"));
        assertThat(region(page, "What would happen")).isVisible();
        database.whileHolding("lock table contacts in share mode", () -> {
            importButton(page).click();
            assertThat(progress(page)).isVisible();
            Looks.at(page, "import-at-work");
        });
        assertThat(count(page, "inserted")).hasText("1");

        button(page, "Import another file").click();
        choose(page, "broken.csv", "email,email\nann@work.example,x\n".getBytes(StandardCharsets.UTF_8));
        importButton(page).or(page.getByRole(AriaRole.ALERT).first()).first().waitFor();
        choose(page, "empty.csv", new byte[0]);
        assertThat(page.getByRole(AriaRole.ALERT).first()).containsText("The file is empty");
        Looks.at(page, "import-refused");
    }

    @Test
    void contacts_are_searched_by_any_part_of_their_words() {
        Imports.imported(
                Imports.csv(
                        "abel@contacts.example,Abel,Ng",
                        "abigail.with.a.long.name@contacts.example,Abigail Maria,Featherstonehaugh-Cholmondeley",
                        "zoe@contacts.example,Zoë,Featherly"),
                Imports.MAPPING);
        Page page = tab("/#contacts");
        Locator rows = region(page, "Contacts").locator("tbody tr");

        page.getByLabel("Name, company or address").fill(" FEATHER");
        assertThat(rows).hasCount(2);
        assertThat(rows.last()).containsText("zoe@contacts.example");
        page.getByLabel("Name, company or address").fill("gail m");
        assertThat(rows).hasCount(1);
        Looks.at(page, "contacts");
        page.getByLabel("Name, company or address").fill("nobody.like.this");

        assertThat(page.getByText("No contact has \"nobody.like.this\" in its name, company or address."))
                .isVisible();
        assertThat(rows).hasCount(0);
        Looks.at(page, "contacts-none");
    }

    @Test
    void who_knows_what_became_of_a_message_in_doubt_says_so() {
        // Of other tests.
        database.update("delete from send_queue where status in ('unknown', 'failed')");
        for (String prospect : List.of("pat", "kim", "lou"))
            given().contentType("application/json")
                    .body(MESSAGE.formatted(prospect))
                    .post("/api/send-queue");
        database.update(
                "update send_queue set status = 'unknown', due_at = null, turn = null, last_error = 'No answer came.' where prospect_id in ('pat', 'kim')");
        Page page = tab("/#queue");
        page.getByLabel("Show").selectOption("In doubt");
        Locator messages = page.getByRole(AriaRole.LIST, new Page.GetByRoleOptions().setName("Send queue"))
                .getByRole(AriaRole.LISTITEM);
        assertThat(messages).hasCount(2);
        Looks.at(page, "queue");

        Locator pat = messages.filter(new Locator.FilterOptions().setHasText("to pat"));
        pat.getByText("It was sent").click();
        assertThat(pat).containsText("Sent");
        Locator kim = messages.filter(new Locator.FilterOptions().setHasText("to kim"));
        kim.getByText("Send it again").click();
        // Waiting, or a worker has it already, or has even sent it: then there was a try.
        assertThat(kim).not().containsText("In doubt");

        assertEquals(List.of(List.of("kim", false), List.of("pat", true)), database.rows("""
                        select prospect_id, status = 'sent' and attempts = 0 from send_queue
                        where prospect_id in ('pat', 'kim') and status <> 'unknown'
                        order by 1
                        """));
        page.getByLabel("Show").selectOption("Failed");
        assertThat(page.getByText("No messages here.")).isVisible();
        Looks.at(page, "queue-empty");
    }

    @Test
    void integrity_has_a_line_for_each_check() {
        Page page = tab("/#integrity");

        assertThat(page.getByText("Everything that must hold does.")).isVisible();
        assertThat(page.getByText("duplicate-contacts")).isVisible();
        Looks.at(page, "integrity");
    }

    @Test
    void a_line_says_that_something_is_wrong_until_it_is_repaired() {
        UUID job = UUID.fromString(Imports.imported(Imports.csv("ann@wrong.example,Ann,Lee"), Imports.MAPPING)
                .getString("jobId"));
        String otherFigures = "update migration_jobs set inserted = unchanged, unchanged = inserted where id = ?";
        Page page = profile.newPage();
        database.update(otherFigures, job);
        try {
            page.navigate("/#integrity");

            Locator line = page.getByRole(AriaRole.LISTITEM)
                    .filter(new Locator.FilterOptions().setHasText("counters-match-chunks"));
            assertThat(page.getByText("Something is wrong.")).isVisible();
            assertThat(line).containsText("1 jobs whose figures are not those of their chunks");
            assertThat(line).containsText("wrong");
            assertThat(page.locator(".check-bad")).hasCount(1);
            Looks.at(page, "integrity-wrong");
        } finally {
            database.update(otherFigures, job);
        }
        button(page, "Check again").click();
        assertThat(page.getByText("Everything that must hold does.")).isVisible();
        assertThat(page.locator(".check-bad")).hasCount(0);
        assertThat(button(page, "Check again")).isFocused();
    }

    @Test
    void the_history_is_newest_first_and_goes_on_as_far_as_one_asks() {
        List<String> jobs = new ArrayList<>();
        for (int file = 0; file < 41; file++)
            jobs.add(
                    0,
                    Imports.imported(Imports.csv("ann@history.example,Ann," + file), Imports.MAPPING)
                            .getString("jobId"));
        Page page = tab("/");
        Locator lines = history(page).getByRole(AriaRole.LISTITEM);
        assertThat(lines).hasCount(20);
        Looks.at(page, "history");

        Locator more = region(page, "History").getByText("Show more");
        more.focus();
        page.keyboard().press("Enter");
        assertThat(lines).hasCount(40);
        assertThat(more).isFocused();
        page.keyboard().press("Enter");

        assertThat(lines.nth(40)).isVisible();
        assertEquals(jobs, page.evaluate("""
                () => [...document.querySelectorAll('.jobs .name')].slice(0, 41).map(({ hash }) => hash.slice(1))
                """));
    }

    @Test
    void the_history_is_filtered_by_state_target_and_time() {
        Imports.imported(Imports.csv("ann@filter.example,Ann,Lee"), Imports.MAPPING);
        String job = Imports.imported(Imports.csv("bob@filter.example,Bob,Ray"), Imports.MAPPING)
                .getString("jobId");
        database.update(
                "update migration_jobs set status = 'failed', file_name = 'filter failed.csv', created_at = '1987-02-03 12:00Z' where id = ?",
                UUID.fromString(job));
        try {
            Page page = tab("/");
            Locator lines = history(page).getByRole(AriaRole.LISTITEM);
            page.getByText("Filter", new Page.GetByTextOptions().setExact(true)).click();
            page.getByLabel("State").selectOption("failed");
            assertThat(lines.filter(new Locator.FilterOptions().setHasNotText("failed")))
                    .hasCount(0);
            assertThat(lines.filter(new Locator.FilterOptions().setHasText("filter failed.csv")))
                    .hasCount(1);
            page.getByLabel("Until").fill("1987-02-03");
            assertThat(lines).hasCount(1);
            Looks.at(page, "history-filtered");
            page.getByLabel("Since").fill("1987-02-04");
            assertThat(page.getByText("No import is like that.")).isVisible();
            page.getByLabel("Since").fill("1987-02-03");
            assertThat(lines).hasCount(1);
            page.getByLabel("Imported into").selectOption("Chats");
            assertThat(lines).hasCount(0);
        } finally {
            database.update(
                    "update migration_jobs set status = 'completed', created_at = now() where id = ?",
                    UUID.fromString(job));
        }
    }

    @Test
    void more_contacts_than_a_page_are_shown_page_by_page() {
        String[] rows = IntStream.range(0, 120)
                .mapToObj("page%1$03d@pages.example,Ann,%1$d"::formatted)
                .toArray(String[]::new);
        Imports.imported(Imports.csv(rows), Imports.MAPPING);
        Imports.imported(Imports.csv("before@pages.example,Ann,Lee"), Imports.MAPPING);
        Page page = tab("/#contacts");
        Locator shown = region(page, "Contacts").locator("tbody tr");
        page.getByLabel("Name, company or address").fill("@pages.example");
        // Without a search it begins with others.
        assertThat(shown.first()).containsText("before@pages.example");
        assertThat(shown).hasCount(50);

        button(page, "Show more").click();
        assertThat(shown).hasCount(100);
        assertThat(button(page, "Show more")).isFocused();
        button(page, "Show more").click();

        assertThat(shown).hasCount(121);
        assertThat(button(page, "Show more")).isHidden();
        assertThat(shown.last()).containsText("page119@pages.example");
    }

    @Test
    void without_an_answer_each_view_says_that_there_is_none() {
        Page page = profile.newPage();
        page.route("**/api/**", route -> route.abort());
        for (String view : List.of("contacts", "queue", "targets", "integrity")) {
            page.navigate("/#" + view);
            assertThat(page.getByRole(AriaRole.ALERT).getByText("The service cannot be reached"))
                    .isVisible();
        }
        Looks.at(page, "unreachable");
        page.navigate("/#");
        assertThat(page.getByText("The last imports cannot be shown")).isVisible();
    }

    @Test
    void a_view_that_waits_for_its_answer_says_so() {
        Imports.imported(Imports.csv("ann@waiting.example,Ann,Lee"), Imports.MAPPING);
        Page page = profile.newPage();
        for (String view : List.of("contacts", "queue", "targets", "integrity")) {
            HeldBack answer = HeldBack.of(page, "**/api/{contacts,send-queue,targets,integrity}*");
            page.navigate("/#" + view);
            assertThat(page.getByText("Loading")).isVisible();
            Looks.at(page, view + "-loading");
            answer.release();
            assertThat(page.getByText("Loading")).isHidden();
        }
    }

    @Test
    void history_and_a_job_that_are_waited_for_say_so() {
        String job = Imports.imported(Imports.csv("ann@waiting.example,Ann,Lee"), Imports.MAPPING)
                .getString("jobId");
        Page page = profile.newPage();
        HeldBack history = HeldBack.of(page, "**/api/migrations?*");
        page.navigate("/");
        assertThat(page.getByText("Loading")).isVisible();
        Looks.at(page, "history-loading");
        history.release();
        assertThat(history(page).getByRole(AriaRole.LISTITEM).first()).isVisible();

        HeldBack events = HeldBack.of(page, "**/api/migrations/*/events");
        page.navigate("/#" + job);
        page.reload();
        assertThat(page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setName("Loading")))
                .isVisible();
        Looks.at(page, "job-loading");
        events.release();
        assertThat(count(page, "unchanged").or(count(page, "inserted")).first()).isVisible();
        assertThat(history(page)).isVisible();
    }

    @Test
    void the_page_says_when_it_reads_a_file_or_compares_its_rows() {
        Page page = tab("/");
        HeldBack preview = HeldBack.of(page, "**/api/migrations/preview");
        choose(page, "waiting.csv", Imports.csv("ann@waiting.example,Ann,Lee", "nobody,Bob,Ray"));
        assertThat(page.getByText("Reading waiting.csv")).isVisible();
        Looks.at(page, "import-reading");

        HeldBack outlook = HeldBack.of(page, "**/api/migrations/preview");
        preview.release();
        assertThat(page.getByText("Comparing with what is there")).isVisible();
        Looks.at(page, "import-foreseeing");
        outlook.release();
        assertThat(region(page, "What would happen")).isVisible();

        importButton(page).click();
        HeldBack rejects = HeldBack.of(page, "**/rejects");
        button(page, "Correct them here").click();
        assertThat(region(page, "Rejected rows").getByText("Loading")).isVisible();
        Looks.at(page, "corrections-loading");
        rejects.release();
        assertThat(page.getByLabel("email, row 3")).hasValue("nobody");
    }

    @Test
    void an_upload_on_its_way_shows_how_far_it_is() {
        Page page = tab("/");
        HeldBack second = HeldBack.of(page, "**/api/sources/tus/*");
        choose(page, "Kontakte aus dem Frühjahr 2026.csv", Imports.csv("ann@large.example,Ann,Lee\n".repeat(200_000)));
        assertThat(page.getByRole(AriaRole.PROGRESSBAR, new Page.GetByRoleOptions().setName("Upload progress")))
                .isVisible();
        Looks.at(page, "import-uploading");
        button(page, "Cancel upload").click();
        second.release();
        assertThat(page.getByText("The upload was cancelled.")).isVisible();
    }

    @Test
    void views_are_reached_by_links_that_take_the_focus_along() {
        Page page = tab("/");

        page.getByRole(
                        AriaRole.LINK,
                        new Page.GetByRoleOptions().setName("Contacts").setExact(true))
                .click();

        assertThat(page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setName("Contacts")))
                .isFocused();
        assertThat(page).hasTitle("Contacts · ImportOnce");
        page.goBack();
        assertThat(importButton(page)).isVisible();
    }

    @Test
    void nothing_is_allowed_to_run_but_the_pages_own_files() {
        for (String file : List.of("/", "/index.html", "/embed/app.js", "/style.css")) {
            String policy = given().get(file).then().statusCode(200).extract().header("Content-Security-Policy");
            assertTrue(policy.startsWith("default-src 'none'; script-src 'self'; style-src 'self';"), file + policy);
            assertFalse(policy.contains("unsafe"), policy);
        }
        String page = given().get("/").asString();
        assertFalse(
                page.contains("<style") || page.contains("style=") || page.matches("(?s).*<script(?![^>]* src=).*"));
    }

    @Test
    void scripts_of_the_page_are_announced_with_it() {
        String announced = given().get("/").then().statusCode(200).extract().header("Link");
        String script =
                given().get("/embed/app.js").then().statusCode(200).extract().asString();
        List<String> names = Pattern.compile("<(embed/[^>]+)>; rel=modulepreload")
                .matcher(announced)
                .results()
                .map(name -> name.group(1))
                .toList();

        assertTrue(names.size() > 5, announced);
        for (String name : names) {
            given().get("/" + name).then().statusCode(200);
            assertTrue(script.contains("./" + name.substring("embed/".length())), name);
        }
    }

    /** Times are printed, not judged. */
    @Test
    void the_first_load_is_small() {
        Page page = tab("/");
        assertThat(page.getByText("History")).isVisible();
        assertThat(page.getByText("Loading")).hasCount(0);

        @SuppressWarnings("unchecked")
        Map<String, Number> figures = (Map<String, Number>) page.evaluate("""
                () => ({
                  bytes: [...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')]
                    .filter(({ name }) => !name.includes('/api/'))
                    .reduce((sum, { transferSize }) => sum + transferSize, 0),
                  paint: performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? -1,
                })
                """);
        System.out.printf(
                "first load: %d bytes, first contentful paint after %.0f ms%n",
                figures.get("bytes").longValue(), figures.get("paint").doubleValue());
        assertTrue(figures.get("bytes").longValue() < 100_000, figures::toString);
        assertTrue(figures.get("bytes").longValue() > 10_000, figures::toString);
    }

    @Test
    void nothing_moves_under_the_hand_when_an_answer_comes() {
        String job = Imports.imported(Imports.csv("ann@still.example,Ann,Lee", "nobody,Bob,Ray"), Imports.MAPPING)
                .getString("jobId");
        given().contentType("application/json").body(MESSAGE.formatted("still")).post("/api/send-queue");

        for (int width : List.of(1280, 360))
            for (String view : List.of("", job, "contacts", "queue", "targets", "integrity")) {
                Page page = profile.newPage();
                page.setViewportSize(width, 900);
                HeldBack answers = HeldBack.of(page, "**/api/{contacts,send-queue,targets,integrity,migrations}**");
                page.navigate("/#" + view);
                assertThat(page.getByText("Loading").first()).isVisible();
                page.evaluate("""
                        () => {
                          window.moved = [];
                          window.shifts = new PerformanceObserver((list) => window.add(list.getEntries()));
                          window.add = (shifts) => shifts.forEach(({ sources }) =>
                            sources.forEach(({ node }) => window.moved.push(node?.textContent ?? 'what is gone')));
                          window.shifts.observe({ type: 'layout-shift', buffered: true });
                        }
                        """);
                answers.release();
                assertThat(page.getByText("Loading")).hasCount(0);

                assertEquals(List.of(), page.evaluate("""
                        async () => {
                          for (let frame = 0; frame < 2; frame++) await new Promise(requestAnimationFrame);
                          window.add(window.shifts.takeRecords());
                          return window.moved;
                        }
                        """), width + " px, /#" + view);
                page.close();
            }
    }
}
