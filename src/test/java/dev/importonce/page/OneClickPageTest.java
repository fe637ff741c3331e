package dev.importonce.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import dev.importonce.fixture.Database;
import dev.importonce.fixture.Imports;
import dev.importonce.fixture.TestPostgres;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** One click or ten, in one tab or several: one job, and everybody sees it. */
@QuarkusTest
@QuarkusTestResource(TestPostgres.class)
class OneClickPageTest extends InChromium {
    /** Keeps every merge waiting until the test has seen what it wants to see. */
    private static final String NOTHING_IS_MERGED = "lock table contacts in share mode";

    Database database;

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
    void twenty_clicks_in_a_row_are_one_request_and_are_counted() {
        Page page = tab("/");
        List<String> keys = new ArrayList<>();
        page.onRequest(request -> {
            if (request.url().endsWith("/api/migrations/run")) keys.add(request.headerValue("idempotency-key"));
        });
        choose(page, "patience.csv", Imports.csv("ann@patience.example,Ann,Lee"));

        for (int click = 0; click < 20; click++) {
            importButton(page).click();
            // The form has given way to the job; who goes back to it may click again.
            assertThat(count(page, "inserted")).hasText("1");
            assertThat(importButton(page)).isHidden();
            page.goBack();
        }
        assertThat(history(page).getByRole(AriaRole.LISTITEM).first()).containsText("clicked 20 times, imported once");
        assertEquals(20, keys.size());
        assertEquals(1, Set.copyOf(keys).size());
        assertEquals(1, jobs("patience.csv"));
    }

    @Test
    void a_second_click_is_possible_only_after_the_first_was_sent() {
        Page page = tab("/");
        choose(page, "sending.csv", Imports.csv("ann@sending.example,Ann,Lee"));
        HeldBack run = HeldBack.of(page, "**/api/migrations/run");

        importButton(page).click();

        assertThat(page.getByText("Sending sending.csv")).isVisible();
        assertThat(importButton(page)).isDisabled();
        run.release();
        assertThat(count(page, "inserted")).hasText("1");
        page.goBack();
        assertThat(importButton(page)).isEnabled();
    }

    @Test
    void a_script_that_sends_twenty_times_gets_the_same_job() {
        Page page = tab("/");
        choose(page, "script.csv", Imports.csv("ann@script.example,Ann,Lee"));

        database.whileHolding(NOTHING_IS_MERGED, () -> {
            importButton(page).click();
            assertThat(progress(page)).isVisible();
            String job = page.url().substring(page.url().indexOf('#') + 1);
            assertEquals(List.of(job), page.evaluate("""
                    async () => {
                      const [file] = document.querySelector('#file').files;
                      const send = async () => {
                        const body = new FormData();
                        body.append('file', file);
                        body.append('mapping', JSON.stringify({ target: 'contacts', fields: { email: 'email', firstName: 'first', lastName: 'last' } }));
                        return (await (await fetch('/api/migrations/run', { method: 'POST', body })).json()).jobId;
                      };
                      return [...new Set(await Promise.all(Array.from({ length: 20 }, send)))];
                    }
                    """));
        });

        assertThat(count(page, "inserted")).hasText("1");
        assertEquals(1, jobs("script.csv"));
        assertThat(history(page).getByRole(AriaRole.LISTITEM).first()).containsText("clicked 21 times, imported once");
    }

    @Test
    void a_click_whose_answer_is_lost_is_made_again_without_harm() {
        Page page = tab("/");
        choose(page, "lost.csv", Imports.csv("ann@lost.example,Ann,Lee"));
        page.route("**/api/migrations/run", route -> {
            route.fetch();
            route.abort("connectionreset");
        });
        importButton(page).click();
        assertThat(page.getByRole(AriaRole.ALERT)).containsText("The service cannot be reached");
        page.unrouteAll();

        importButton(page).click();

        assertThat(count(page, "inserted")).hasText("1");
        assertThat(page.getByRole(AriaRole.ALERT).first()).isHidden();
        assertEquals(1, jobs("lost.csv"));
    }

    @Test
    void after_import_the_form_gives_way_until_another_file() {
        Page page = tab("/");
        choose(page, "way.csv", Imports.csv("ann@way.example,Ann,Lee"));
        importButton(page).click();
        assertThat(count(page, "inserted")).hasText("1");
        assertThat(page.getByLabel("File", new Page.GetByLabelOptions().setExact(true)))
                .isHidden();
        assertThat(page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setName("way.csv")))
                .isFocused();

        button(page, "Import another file").click();

        assertThat(page.getByLabel("File", new Page.GetByLabelOptions().setExact(true)))
                .isFocused();
        assertThat(result(page)).isHidden();
        assertThat(importButton(page)).isDisabled();
        choose(page, "next-way.csv", Imports.csv("bob@way.example,Bob,Ray"));
        importButton(page).click();
        assertThat(page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setName("next-way.csv")))
                .isVisible();
        assertThat(count(page, "inserted")).hasText("1");
        assertEquals(1, jobs("next-way.csv"));
    }

    @Test
    void a_click_on_a_completed_import_shows_it_without_a_repeat() {
        Page page = tab("/");
        choose(page, "again.csv", Imports.csv("ann@again.example,Ann,Lee"));
        importButton(page).click();
        assertThat(count(page, "inserted")).hasText("1");
        page.goBack();

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
    void a_tab_that_only_looks_on_shows_what_another_one_does() {
        Page idle = tab("/");
        Page page = tab("/");
        choose(page, "watched.csv", Imports.csv("ann@watched.example,Ann,Lee"));
        assertThat(region(page, "What would happen")).isVisible();

        database.whileHolding(NOTHING_IS_MERGED, () -> {
            importButton(page).click();
            assertThat(history(idle).getByRole(AriaRole.LISTITEM).first()).containsText("watched.csv");
            assertThat(history(idle).getByRole(AriaRole.LISTITEM).first()).containsText("processing");
        });

        assertThat(history(idle).getByRole(AriaRole.LISTITEM).first()).containsText("1 inserted");
    }

    @Test
    void who_comes_back_to_a_tab_sees_what_happened_elsewhere() {
        Page page = tab("/");
        assertThat(page.getByText("Loading")).hasCount(0);
        String job = Imports.imported(Imports.csv("ann@elsewhere.example,Ann,Lee"), Imports.MAPPING)
                .getString("jobId");
        assertThat(history(page).locator("a[href='#" + job + "']")).hasCount(0);

        page.evaluate("() => document.dispatchEvent(new Event('visibilitychange'))");

        assertThat(history(page).locator("a[href='#" + job + "']")).isVisible();
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

    private long jobs(String fileName) {
        return database.count("select count(*) from migration_jobs where file_name = ?", fileName);
    }
}
