package dev.importonce.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.Page;
import dev.importonce.fixture.Database;
import dev.importonce.fixture.Imports;
import dev.importonce.fixture.Service;
import dev.importonce.fixture.TestPostgres;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The page while its service is killed and comes back. */
class RestartPageIT extends OnOtherSite {
    private final String url = TestPostgres.newDatabase();
    private final Map<String, String> settings = Map.of(
            "QUARKUS_DATASOURCE_JDBC_URL", url,
            "IMPORTONCE_AUTH", "none",
            "IMPORTONCE_MIGRATE_AT_START", "true",
            "IMPORTONCE_LEASE", "PT2S");
    private final int port = Service.freePort();
    private Service service;

    @BeforeEach
    @Override
    void openProfile() {
        service = Service.launch(settings, port);
        service.awaitReady();
        base = URI.create(service.base() + "/");
        super.openProfile();
    }

    @AfterEach
    void stop() {
        service.close();
    }

    @Test
    void an_import_whose_service_is_killed_is_followed_to_its_end() {
        Page page = tab("/");
        choose(page, "killed.csv", Imports.csv("ann@killed.example,Ann,Lee"));
        assertThat(region(page, "What would happen")).isVisible();

        killedWhileImporting(page);

        assertThat(count(page, "inserted")).hasText("1");
        page.goBack();
        importButton(page).click();
        assertThat(page.getByText("Already imported, this is its result")).isVisible();
    }

    @Test
    void the_button_follows_its_import_over_a_restart() {
        site = OtherSite.withButton(base, "en", BUTTON);
        Page page = profile.newPage();
        page.navigate(site.address());
        button(page, "Import a file").click();
        choose(page, "restarted.csv", Imports.csv("ann@restarted.example,Ann,Lee"));

        killedWhileImporting(page);

        assertThat(count(page, "inserted")).hasText("1");
        assertEquals(1, new Database(url).count("select count(*) from migration_jobs"));
    }

    /** Clicks Import, kills the service in the merge, and starts it again once the page has said so. */
    private void killedWhileImporting(Page page) {
        new Database(url).whileHolding("lock table contacts in share mode", () -> {
            importButton(page).click();
            assertThat(progress(page)).isVisible();
            service.kill();
            assertThat(page.getByText("The service does not answer just now")).isVisible();
        });
        service = Service.launch(settings, port);
        service.awaitReady();
    }
}
