package dev.importonce.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.FilePayload;
import dev.importonce.fixture.Database;
import dev.importonce.fixture.Imports;
import dev.importonce.fixture.TestPostgres;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the service says is in the language of the dialog. */
@QuarkusTest
@QuarkusTestResource(TestPostgres.class)
class SpokenPageTest extends OnOtherSite {
    Database database;

    @BeforeEach
    void nothing_was_used_before() {
        database.update("truncate remembered_mappings");
    }

    @Test
    void a_german_dialog_shows_german_reasons() throws IOException {
        Page page = open("de");
        button(page, "Datei importieren").click();
        page.getByLabel("Datei", new Page.GetByLabelOptions().setExact(true))
                .setInputFiles(new FilePayload(
                        "leads.csv",
                        "text/csv",
                        Imports.csv("ann@spoken.example,#N/A,Lee", "nobody,Eve,Mo", ",Ray,Jo")));
        Locator foreseen = region(page, "Was geschehen würde");
        assertThat(foreseen).containsText("email „nobody“: Das ist keine E-Mail-Adresse: Das @ fehlt.");
        assertThat(foreseen).containsText("email: Der Wert fehlt.");
        button(page, "Importieren").click();

        Locator result = region(page, "Ergebnis des Imports");
        assertThat(result).containsText("Zellen enthalten einen Fehler der Tabellenkalkulation wie #N/A");
        Download list = page.waitForDownload(
                () -> result.getByRole(AriaRole.LINK).first().click());
        assertTrue(Files.readString(list.path()).contains("Der Wert fehlt."));
        button(page, "Hier korrigieren").click();
        assertThat(page.locator("#why-3")).hasText("email „nobody“: Das ist keine E-Mail-Adresse: Das @ fehlt.");
        for (String row : new String[] {"3", "4"})
            assertThat(page.getByLabel("email, Zeile " + row, new Page.GetByLabelOptions().setExact(true)))
                    .hasAttribute("aria-invalid", "true");
        Looks.at(page, "button-corrections-de");
    }

    private Page open(String language) {
        site = OtherSite.withButton(base, language, BUTTON);
        Page page = profile.newPage();
        page.navigate(site.address());
        return page;
    }
}
