package dev.importonce.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.FileChooser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.FilePayload;
import dev.importonce.fixture.Database;
import dev.importonce.fixture.Imports;
import dev.importonce.fixture.TestPostgres;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The import button in a page of somebody else, from another origin and under a strict content security policy. */
@QuarkusTest
@QuarkusTestResource(TestPostgres.class)
class ButtonPageTest extends OnOtherSite {
    /** Keeps every merge waiting until the test has seen what it wants to see. */
    private static final String NOTHING_IS_MERGED = "lock table contacts in share mode";

    Database database;

    @BeforeEach
    void nothing_was_used_before() {
        database.update("truncate remembered_mappings");
    }

    @Test
    void a_page_of_another_origin_imports_and_is_told_each_step() {
        Page page = open("de", "<div id=row>" + BUTTON + "</div>");
        page.evaluate("""
                () => {
                  window.told = [];
                  const names = ['import-started', 'import-progress', 'import-completed', 'import-failed', 'import-closed'];
                  // On an ancestor: the events bubble, and out of every shadow root.
                  for (const name of names) document.body.addEventListener(name, ({ detail }) => told.push([name, detail?.status, detail?.jobId]));
                }
                """);

        button(page, "Datei importieren").click();
        Looks.at(page, "button-file-de");
        page.getByLabel("Datei", exactly())
                .setInputFiles(new FilePayload(
                        "leads.csv",
                        "text/csv",
                        Imports.csv("ann@button.example,Ann,Lee", "bob@button.example,Bob,Ray", "nobody,Eve,Mo")));
        assertThat(page.getByLabel("E-Mail (Pflichtfeld)")).hasValue("email");
        assertThat(page.getByLabel("Importieren als")).isHidden();
        assertThat(region(page, "Was geschehen würde")).containsText("Neu2");
        Looks.at(page, "button-ready-de");
        button(page, "Importieren").click();

        Locator result = region(page, "Ergebnis des Imports");
        assertThat(result.locator("[data-count=inserted] dd")).hasText("2");
        assertThat(result).containsText("abgeschlossen");
        assertThat(page.getByRole(AriaRole.PROGRESSBAR, new Page.GetByRoleOptions().setName("Fortschritt des Imports")))
                .hasAttribute("aria-valuenow", "100");
        // The form has given way to the result.
        assertThat(page.getByLabel("E-Mail (Pflichtfeld)")).isHidden();
        Looks.at(page, "button-result-de");
        button(page, "Schließen").click();

        // A dialog tells of its closing in a task of its own.
        page.waitForFunction("told.some(([name]) => name === 'import-closed')");
        @SuppressWarnings("unchecked")
        List<List<Object>> told = (List<List<Object>>) page.evaluate("told");
        assertEquals("import-started", told.get(0).get(0));
        assertEquals(
                1,
                told.stream()
                        .filter(event -> event.get(0).equals("import-completed"))
                        .count());
        assertEquals("import-closed", told.get(told.size() - 1).get(0));
        assertEquals(1, new HashSet<>(told.stream().map(event -> event.get(2)).toList()).size());
        assertEquals(2, database.count("select count(*) from contacts where email like '%@button.example'"));
    }

    @Test
    void twenty_clicks_are_one_job_and_closing_loses_nothing() {
        Page page = open("en", BUTTON);
        page.evaluate("""
                () => {
                  const sheet = new CSSStyleSheet();
                  sheet.replaceSync('import-once-button::part(dialog) { border-width: 7px }');
                  document.adoptedStyleSheets = [sheet];
                }
                """);
        button(page, "Import a file").click();
        assertThat(page.getByRole(AriaRole.DIALOG)).hasCSS("border-top-width", "7px");
        choose(page, "twenty.csv", Imports.csv("ann@twenty.example,Ann,Lee"));
        assertThat(importButton(page)).isEnabled();

        database.whileHolding(NOTHING_IS_MERGED, () -> {
            page.evaluate("""
                    () => {
                      const root = document.querySelector('import-once-button').shadowRoot.querySelector('import-once-dialog').shadowRoot;
                      const button = root.querySelector('import-once-form button.primary');
                      for (let click = 0; click < 20; click++) button.click();
                    }
                    """);
            assertThat(progress(page)).isVisible();
            page.keyboard().press("Escape");
            assertThat(progress(page)).isHidden();
            button(page, "Import a file").click();
            assertThat(progress(page)).isVisible();
        });

        assertThat(count(page, "inserted")).hasText("1");
        assertEquals(1, database.count("select count(*) from migration_jobs where file_name = 'twenty.csv'"));
        button(page, "Import another file").click();
        assertThat(importButton(page)).isDisabled();
    }

    @Test
    void rejected_rows_are_corrected_in_the_dialog() {
        Page page = open("en", BUTTON);
        button(page, "Import a file").click();
        choose(page, "grid.csv", Imports.csv("ann at grid.example,Ann,Lee", "bob at grid.example,Bob,Ray"));
        importButton(page).click();
        assertThat(count(page, "rejected")).hasText("2");

        button(page, "Correct them here").click();
        Locator first = page.getByLabel("email, row 2", exactly());
        assertThat(first).hasAttribute("aria-invalid", "true");
        Looks.at(page, "button-corrections-en");
        page.getByLabel("Find in the cells").fill(" at ");
        page.getByLabel("Replace with").fill("@");
        button(page, "Replace all").click();
        assertThat(page.getByText("2 cells changed.")).isVisible();
        assertThat(first).hasValue("ann@grid.example");
        first.focus();
        page.keyboard().press("ArrowDown");
        assertThat(page.getByLabel("email, row 3", exactly())).isFocused();
        button(page, "Close").click();
        button(page, "Import a file").click();
        assertThat(first).hasValue("ann@grid.example");
        button(page, "Send the corrected rows").click();

        assertThat(count(page, "inserted")).hasText("2");
    }

    @Test
    void rows_of_a_spreadsheet_are_pasted() {
        Page page = open("en", BUTTON);
        button(page, "Import a file").click();

        page.evaluate("""
                () => {
                  const root = document.querySelector('import-once-button').shadowRoot.querySelector('import-once-dialog').shadowRoot;
                  const clipboardData = new DataTransfer();
                  clipboardData.setData('text/plain', 'email\\tfirst\\nann@pasted.example\\tAnn\\n');
                  root.querySelector('dialog').dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true, composed: true }));
                }
                """);
        assertThat(page.getByLabel("First name")).hasValue("first");
        importButton(page).click();

        assertThat(count(page, "inserted")).hasText("1");
    }

    @Test
    void it_works_twice_in_a_form_in_a_dialog_and_in_a_shadow_root() {
        Page page = open("ar", """
                <style nonce="%s">button { display: none } * { color: red } [hidden] { display: block }</style>
                <form id=form><import-once-button id=one locale=en label="First"></import-once-button></form>
                <dialog open><import-once-button id=two label="Second"></import-once-button></dialog>
                <div id=shadow></div>
                """.formatted(OtherSite.NONCE));
        // Made and given its properties before it is in the page; another form around it is not submitted by it.
        page.evaluate("""
                () => {
                  document.querySelector('#form').addEventListener('submit', () => { window.submitted = true; });
                  const third = document.createElement('import-once-button');
                  third.label = 'Third';
                  third.mapping = { target: 'contacts', fields: { email: 'Mail' }, onExisting: 'skip', unmapped: 'ignore', undoable: false };
                  document.querySelector('#shadow').attachShadow({ mode: 'open' }).append(third);
                }
                """);

        button(page, "First").click();
        choose(page, "first.csv", Imports.csv("ann@first.example,Ann,Lee"));
        importButton(page).click();
        assertThat(count(page, "inserted")).hasText("1");
        button(page, "Close").click();
        button(page, "Second").click();
        assertThat(page.getByLabel("ملف", exactly())).isVisible();
        assertThat(page.locator("dialog[dir=rtl]")).isVisible();
        Looks.at(page, "button-file-ar");
        button(page, "إغلاق").click();
        assertThat(page.getByLabel("ملف", exactly())).hasCount(0);
        button(page, "Third").click();
        page.getByLabel("ملف", exactly())
                .setInputFiles(
                        new FilePayload("third.csv", "text/csv", "Mail,Vorname\nann@third.example,Ann\n".getBytes()));
        button(page, "استيراد").click();

        assertThat(region(page, "نتيجة الاستيراد").locator("[data-count=inserted] dd"))
                .hasText("1");
        // Fixed parts of the mapping were not asked for.
        assertThat(page.getByLabel("البريد الإلكتروني (مطلوب)")).hasCount(0);
        assertEquals(null, page.evaluate("() => window.submitted ?? null"));
    }

    @Test
    void the_keyboard_is_enough_and_the_focus_comes_back() {
        Page page = open("en", BUTTON);
        page.onFileChooser(chooser -> {});
        page.keyboard().press("Tab");
        page.keyboard().press("Enter");
        assertThat(page.getByLabel("File", exactly())).isVisible();
        for (int key = 0; key < 5 && !isFocused(page, "file"); key++)
            page.keyboard().press("Tab");
        FileChooser chooser = page.waitForFileChooser(() -> page.keyboard().press("Enter"));
        chooser.setFiles(new FilePayload("keys.csv", "text/csv", Imports.csv("ann@button-keys.example,Ann,Lee")));
        assertThat(importButton(page)).isEnabled();
        for (int key = 0; key < 40 && !focusedText(page).equals("Import"); key++)
            page.keyboard().press("Tab");
        page.keyboard().press("Enter");

        assertThat(count(page, "inserted")).hasText("1");
        assertThat(page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setName("keys.csv")))
                .isFocused();
        page.keyboard().press("Escape");
        assertEquals("IMPORT-ONCE-BUTTON", page.evaluate("document.activeElement.tagName"));
    }

    @Test
    void the_first_step_is_small_and_the_rest_comes_later() {
        Set<String> scripts = new HashSet<>();
        page(
                profile(new Browser.NewContextOptions()),
                "en",
                BUTTON,
                page -> {
                    page.onResponse(response -> {
                        if (response.url().contains("/embed/")) scripts.add(response.url());
                    });
                },
                page -> {
                    button(page, "Import a file").click();
                    assertThat(page.getByLabel("File", exactly())).isVisible();
                    int first = compressed(page);
                    System.out.printf(
                            "the button's first step: %d bytes compressed in %d files%n", first, scripts.size());
                    assertTrue(first > 5_000 && first <= 60_000, first + " bytes");
                    choose(page, "small.csv", Imports.csv("ann@small.example,Ann,Lee"));
                    assertThat(importButton(page)).isEnabled();
                    int all = compressed(page);
                    System.out.printf("with the steps up to the import: %d bytes%n", all);
                    assertTrue(all > first, "nothing more was loaded");
                });
    }

    @Test
    void only_addresses_with_a_hash_are_kept_for_ever() {
        var script = given().get("/embed/importonce.js").then().statusCode(200);
        script.header("Cache-Control", "no-cache").header("Access-Control-Allow-Origin", "*");
        // Relative to the script, so that both may be behind a path of a proxy.
        Matcher chunk = Pattern.compile("\"[.]/(chunk-\\w+[.]js)\"")
                .matcher(script.extract().asString());
        assertTrue(chunk.find());

        given().get("/embed/" + chunk.group(1))
                .then()
                .statusCode(200)
                .header("Cache-Control", "public, max-age=31536000, immutable")
                .header("Access-Control-Allow-Origin", "*");
    }

    /** What came over the line for the scripts. */
    private static int compressed(Page page) {
        return ((Number) page.evaluate("""
                () => performance.getEntriesByType('resource').filter(({ name }) => name.includes('/embed/'))
                  .reduce((sum, { encodedBodySize }) => sum + encodedBodySize, 0)
                """)).intValue();
    }

    private void page(
            com.microsoft.playwright.BrowserContext context,
            String language,
            String body,
            java.util.function.Consumer<Page> before,
            java.util.function.Consumer<Page> test) {
        site = OtherSite.withButton(base, language, body);
        Page page = context.newPage();
        before.accept(page);
        page.navigate(site.address());
        test.accept(page);
        context.close();
    }

    private Page open(String language, String body) {
        site = OtherSite.withButton(base, language, body);
        Page page = profile.newPage();
        page.navigate(site.address());
        return page;
    }

    private static boolean isFocused(Page page, String id) {
        return focused(page).get("id").equals(id);
    }

    private static String focusedText(Page page) {
        return focused(page).get("text");
    }

    @SuppressWarnings("unchecked")
    private static Map<String, String> focused(Page page) {
        return (Map<String, String>) page.evaluate("""
                () => {
                  let element = document.activeElement;
                  while (element.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
                  return { id: element.id, text: element.textContent.trim() };
                }
                """);
    }

    private static Page.GetByLabelOptions exactly() {
        return new Page.GetByLabelOptions().setExact(true);
    }
}
