package dev.importonce.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.FilePayload;
import dev.importonce.fixture.Database;
import dev.importonce.fixture.Imports;
import dev.importonce.fixture.TestPostgres;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The page in the language of its reader. */
@QuarkusTest
@QuarkusTestResource(TestPostgres.class)
class LanguagePageTest extends InChromium {
    private static final String MESSAGE =
            "{\"items\": [{\"campaignId\": \"frühling\", \"prospectId\": \"mia\", \"step\": 1, \"channel\": \"mail\", \"body\": \"Hallo\","
                    + " \"scheduledFor\": \"2099-01-01T00:00:00Z\"}]}";

    Database database;

    @Test
    void a_browser_in_german_gets_every_view_in_german() {
        try (BrowserContext german = profile(new Browser.NewContextOptions().setLocale("de-AT"))) {
            Page page = german.newPage();
            page.navigate("/");
            assertThat(page.getByText("Verlauf")).isVisible();
            assertThat(page.locator("html")).hasAttribute("lang", "de-AT");
            assertThat(page.locator("html")).hasAttribute("dir", "ltr");
            page.getByLabel("Datei", exactly())
                    .setInputFiles(new FilePayload(
                            "kontakte.csv", "text/csv", Imports.csv("ann@german.example,Ann,Lee", "nobody,Bob,Ray")));
            button(page, "Importieren").click();
            assertThat(region(page, "Ergebnis des Imports")).containsText("abgeschlossen");
            page.getByText("Filtern").click();
            assertThat(page.getByLabel("Zustand")).isVisible();
            Looks.at(page, "result-de");
            button(page, "Weitere Datei importieren").click();
            assertThat(page.getByLabel("Datei", exactly())).isFocused();
            Looks.at(page, "import-de");

            go(page, "Kontakte");
            page.getByLabel("Name, Firma oder Adresse").fill("ann@german");
            assertThat(region(page, "Kontakte").locator("tbody tr")).hasCount(1);
            assertThat(page).hasTitle("Kontakte · ImportOnce");
            Looks.at(page, "contacts-de");

            given().contentType("application/json").body(MESSAGE).post("/api/send-queue");
            database.update(
                    "update send_queue set status = 'unknown', due_at = null, turn = null where campaign_id = 'frühling'");
            go(page, "Warteschlange");
            page.getByLabel("Anzeigen").selectOption("Ungewiss");
            assertThat(page.getByText("mail an mia, Kampagne frühling, Schritt 1"))
                    .isVisible();
            Looks.at(page, "queue-de");

            go(page, "Ziele");
            page.getByLabel("Tabelle", exactly()).fill("public.contacts");
            button(page, "Deklaration entwerfen").click();
            assertThat(page.getByRole(AriaRole.ALERT)
                            .or(page.getByLabel("Deklaration (JSON)"))
                            .first())
                    .isVisible();
            Looks.at(page, "targets-de");

            go(page, "Integrität");
            assertThat(page.getByText("Alles, was gelten muss, gilt.")).isVisible();
            Looks.at(page, "integrity-de");
        }
    }

    @Test
    void another_language_is_chosen_in_the_middle_and_stays() {
        Page page = tab("/");
        assertThat(page.locator("html")).hasAttribute("lang", "en-US");
        choose(page, "middle.csv", Imports.csv("ann@middle.example,Ann,Lee"));
        assertThat(importButton(page)).isEnabled();

        page.getByLabel("Language").selectOption("العربية");

        assertThat(page.locator("html")).hasAttribute("dir", "rtl");
        assertThat(page.locator("html")).hasAttribute("lang", "ar");
        // What has been chosen is still there, in the new language.
        assertThat(button(page, "استيراد")).isEnabled();
        assertThat(page.getByLabel("البريد الإلكتروني (مطلوب)")).hasValue("email");
        Looks.at(page, "import-mapped-ar");
        button(page, "استيراد").click();
        assertThat(region(page, "نتيجة الاستيراد").locator("[data-count=inserted] dd"))
                .hasText("1");
        Looks.at(page, "result-ar");

        page.reload();
        assertThat(page.getByText("السجل")).isVisible();
        assertEquals("rtl", page.evaluate("getComputedStyle(document.querySelector('main')).direction"));
        page.getByLabel("اللغة").selectOption("English");
        assertThat(result(page)).isVisible();
        assertThat(page.locator("html")).hasAttribute("dir", "ltr");
    }

    @Test
    void the_first_language_that_the_page_has_is_spoken() {
        for (List<String> expected : List.of(List.of("sv-SE", "en", "History"), List.of("pt-BR", "pt-BR", "Histórico")))
            try (BrowserContext context = profile(new Browser.NewContextOptions().setLocale(expected.get(0)))) {
                Page page = context.newPage();
                page.navigate("/");
                assertThat(page.getByText(expected.get(2))).isVisible();
                assertThat(page.locator("html")).hasAttribute("lang", expected.get(1));
            }
    }

    @Test
    void a_question_is_asked_in_the_chosen_language() {
        String undoable = Imports.MAPPING.replace("{\"target\"", "{\"undoable\": true, \"target\"");
        Imports.imported(Imports.csv("ann@question.example,Ann,Lee"), undoable);
        Page page = tab("/");
        page.getByLabel("Language").selectOption("français");
        Locator line = page.getByRole(AriaRole.LIST, new Page.GetByRoleOptions().setName("Historique"))
                .getByRole(AriaRole.LISTITEM)
                .first();
        assertThat(line).containsText("terminé");
        line.getByText("Annuler l’importation").click();
        assertThat(page.getByRole(AriaRole.DIALOG)).containsText("1 nouvelle ligne sera supprimée.");
        Looks.at(page, "question-fr");
        page.keyboard().press("Escape");
    }

    private static void go(Page page, String view) {
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName(view).setExact(true))
                .click();
    }

    private static Page.GetByLabelOptions exactly() {
        return new Page.GetByLabelOptions().setExact(true);
    }
}
