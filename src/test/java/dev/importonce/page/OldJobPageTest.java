package dev.importonce.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import dev.importonce.fixture.Database;
import dev.importonce.fixture.Imports;
import dev.importonce.fixture.TestPostgres;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;

/** A job from before ImportOnce on the page: neither its mapping nor its file is known. */
@QuarkusTest
@QuarkusTestResource(TestPostgres.class)
class OldJobPageTest extends InChromium {
    private static final String OLD_JOB = """
            insert into migration_jobs (id, user_id, file_name, status, finished_at)
            select gen_random_uuid(), user_id, 'old.csv', 'completed', now() from migration_jobs where file_name = 'new.csv'
            """;

    Database database;

    @Test
    void an_old_job_is_listed_among_the_others() {
        Page page = tab("/");
        choose(page, "new.csv", Imports.csv("ann@old.example,Ann,Lee"));
        importButton(page).click();
        assertThat(count(page, "inserted")).hasText("1");
        assertEquals(1, database.update(OLD_JOB));

        page.reload();

        Locator old =
                history(page).getByRole(AriaRole.LISTITEM).filter(new Locator.FilterOptions().setHasText("old.csv"));
        assertThat(old).containsText("completed");
        assertThat(old.getByRole(AriaRole.BUTTON)).hasCount(0);
        assertThat(history(page)).containsText("new.csv");
    }
}
