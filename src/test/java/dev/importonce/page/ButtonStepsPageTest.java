package dev.importonce.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static dev.importonce.fixture.Declared.csv;
import static dev.importonce.fixture.Declared.put;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.FileChooser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.FilePayload;
import dev.importonce.fixture.Database;
import dev.importonce.fixture.TestPostgres;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every step of the import button in a page of another origin: on a phone, without a mouse, for everybody. */
@QuarkusTest
@QuarkusTestResource(TestPostgres.class)
class ButtonStepsPageTest extends OnOtherSite {
    private static final String LAMPS = """
            {"name": "lamps", "label": {"en": "Lamps", "de": "Lampen"}, "table": "shop.lamps",
             "owner": {"organisation": "org_id"}, "key": ["sku"],
             "fields": [
               {"name": "sku", "column": "sku", "type": "text", "maxLength": 12},
               {"name": "price", "column": "price", "type": "decimal", "scale": 2},
               {"name": "status", "column": "status", "type": "enum", "values": {"active": [], "retired": []}},
               {"name": "releasedOn", "column": "released_on", "type": "date"}]}
            """;

    /** It has its names in the second row, values that could mean two things, one that means nothing, and wrong ones. */
    private static final FilePayload FILE = new FilePayload(
            "lamps.csv",
            "text/csv",
            csv(
                    "Lamps,of,this,spring",
                    "sku,price,status,releasedOn",
                    "l-1,\"1,234\",fresh,03/04/2030",
                    "l-2,\"1,200\",active,05/04/2030",
                    "l-3,much,active,06/04/2030",
                    "l-4,more,active,06/04/2030",
                    "l-5,much,active,06/04/2030",
                    "an item number that is too long,1,active,06/04/2030"));

    private static final String FORM = "import-once-form";
    private static final String GRID = "import-once-grid";

    Database database;

    @BeforeEach
    void a_shop() {
        close();
        database.update("create schema shop");
        database.update("""
                create table shop.lamps (id bigint generated always as identity primary key, org_id uuid not null, sku text not null,
                    price numeric(10, 2), status text, released_on date, unique (org_id, sku))
                """);
        put("lamps", LAMPS).then().statusCode(201);
    }

    @AfterEach
    void close() {
        database.update("drop schema if exists shop cascade");
        database.update("delete from import_targets");
        database.update("truncate remembered_mappings");
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "de"})
    void on_a_phone_every_step_is_for_everybody(String language) {
        Page page = open(language);
        page.locator("import-once-button button").first().click();
        assertThat(page.locator("#file")).isVisible();
        Looks.onAPhone(page, "step-file-" + language);

        page.locator("#file").setInputFiles(FILE);
        Locator secondRow = page.locator("import-once-columns table button").first();
        assertThat(secondRow).isVisible();
        Looks.onAPhone(page, "step-header-" + language);

        secondRow.click();
        assertThat(page.locator("#decimal-sign")).isVisible();
        assertThat(page.locator("#rejected-kind")).isVisible();
        Looks.onAPhone(page, "step-values-" + language);

        page.locator("#decimal-sign").selectOption(".");
        page.locator("#date-order").selectOption("dmy");
        page.locator("#value-status-0").selectOption("active");
        Locator outlook = page.locator("import-once-outlook");
        assertThat(outlook.locator("[data-count=wouldInsert] dd")).hasText("2");
        assertThat(outlook.locator(".rejected li")).hasCount(4);
        filter(page.locator("#rejected-kind"), "price");
        assertThat(outlook.locator(".rejected li")).hasCount(3);
        outlook.locator("#rejected-kind").scrollIntoViewIfNeeded();
        Looks.onAPhone(page, "step-outlook-" + language);

        database.whileHolding("lock table shop.lamps in share mode", () -> {
            page.locator(FORM + " button.primary").click();
            assertThat(page.locator("import-once-job [role=progressbar]")).isVisible();
            Looks.onAPhone(page, "step-progress-" + language);
        });
        assertThat(page.locator("import-once-job [data-count=inserted] dd")).hasText("2");
        Looks.onAPhone(page, "step-result-" + language);

        page.locator("import-once-job .actions button").click();
        assertThat(page.locator(GRID + " input").first()).isVisible();
        page.locator(GRID + " .scroll").scrollIntoViewIfNeeded();
        Looks.onAPhone(page, "step-corrections-" + language);
    }

    @Test
    void the_keyboard_leads_through_all_steps() {
        Page page = open("en");
        page.onFileChooser(chooser -> {});
        page.keyboard().press("Tab");
        page.keyboard().press("Enter");
        assertThat(page.locator("#file")).isFocused();
        FileChooser chooser = page.waitForFileChooser(() -> page.keyboard().press("Enter"));
        chooser.setFiles(FILE);

        assertThat(page.locator("import-once-columns table button").first()).isVisible();
        tabTo(page, "Row 2 has the names of the columns");
        page.keyboard().press("Enter");
        assertThat(page.locator("#decimal-sign")).isVisible();
        select(page, "Decimal sign", "Point");
        select(page, "Order of dates", "Day");
        select(page, "Status: what \"fresh\" means", "active");
        assertThat(page.locator("[data-count=wouldInsert] dd")).hasText("2");
        tabTo(page, "Import");
        page.keyboard().press("Enter");
        assertThat(count(page, "inserted")).hasText("2");

        tabTo(page, "Correct them here");
        page.keyboard().press("Enter");
        assertThat(cell(page, "price", 5)).isVisible();
        // As in a spreadsheet: a cell is gone to, then typed into.
        tabTo(page, "sku, row 5");
        page.keyboard().press("ArrowRight");
        assertThat(cell(page, "price", 5)).isFocused();
        page.keyboard().type("12");
        page.keyboard().press("Escape");
        assertThat(cell(page, "price", 5)).hasValue("much");
        page.keyboard().type("20");
        page.keyboard().press("Enter");
        assertThat(cell(page, "price", 6)).isFocused();
        page.keyboard().type("30");
        page.keyboard().press("ArrowUp");
        page.keyboard().press("End");
        assertThat(cell(page, "releasedOn", 5)).isFocused();
        page.keyboard().press("Home");
        assertThat(cell(page, "sku", 5)).isFocused();
        page.keyboard().press("Control+End");
        assertThat(cell(page, "releasedOn", 8)).isFocused();
        page.keyboard().press("Home");
        page.keyboard().type("l-6");
        page.keyboard().press("Control+Home");
        page.keyboard().press("Tab");
        assertThat(cell(page, "price", 5)).isFocused();
        page.keyboard().press("Control+Enter");
        assertThat(page.getByText("1 cell changed.")).isVisible();
        assertThat(cell(page, "price", 7)).hasValue("20");
        assertThat(cell(page, "price", 5)).isFocused();
        page.keyboard().press("Escape");
        assertThat(button(page, "Send the corrected rows")).isFocused();
        page.keyboard().press("Enter");

        assertThat(count(page, "inserted")).hasText("4");
        assertEquals(
                List.of(
                        List.of("l-3", "20.00"),
                        List.of("l-4", "30.00"),
                        List.of("l-5", "20.00"),
                        List.of("l-6", "1.00")),
                database.rows("select sku, price::text from shop.lamps where sku > 'l-2' order by sku"));
        page.keyboard().press("Escape");
        assertEquals("IMPORT-ONCE-BUTTON", page.evaluate("document.activeElement.tagName"));
    }

    @Test
    void rejected_rows_are_shown_by_what_is_wrong_with_them() {
        Page page = open("en");
        button(page, "Import a file").click();
        page.locator("#file").setInputFiles(FILE);
        page.locator("import-once-columns table button").first().click();
        page.locator("#decimal-sign").selectOption(".");
        page.locator("#date-order").selectOption("dmy");
        page.locator("#value-status-0").selectOption("active");
        assertThat(page.locator("[data-count=wouldInsert] dd")).hasText("2");
        importButton(page).click();
        button(page, "Correct them here").click();
        Locator rows = page.locator(GRID + " tbody tr");
        assertThat(rows).hasCount(4);

        filter(page.locator("#kind"), "sku");
        assertThat(rows).hasCount(1);
        assertThat(rows).containsText("an item number that is too long");
        page.getByLabel("Find in the cells").fill("6");
        page.getByLabel("Replace with").fill("7");
        button(page, "Replace all").click();
        assertThat(page.getByText("1 cell changed.")).isVisible();
        page.locator("#kind").selectOption("");

        assertThat(rows).hasCount(4);
        assertThat(cell(page, "releasedOn", 8)).hasValue("07/04/2030");
        assertThat(cell(page, "releasedOn", 7)).hasValue("06/04/2030");
        cell(page, "price", 5).fill("30");
        cell(page, "sku", 6).click();
        button(page, "Apply to all like this (1): 30").click();
        assertThat(cell(page, "price", 7)).hasValue("30");
        assertThat(cell(page, "price", 6)).hasValue("more");
        assertThat(button(page, "Apply to all like this (0): 30")).isDisabled();
    }

    private Page open(String language) {
        site = OtherSite.withButton(base, language, "<import-once-button target=lamps></import-once-button>");
        Page page = profile.newPage();
        page.navigate(site.address());
        return page;
    }

    /** Lists only the rows that are rejected for what is in a column. */
    private static void filter(Locator kinds, String column) {
        String kind = kinds.locator("option")
                .filter(new Locator.FilterOptions().setHasText(Pattern.compile("^" + column)))
                .first()
                .getAttribute("value");
        kinds.selectOption(kind);
    }

    private static Locator cell(Page page, String column, int row) {
        return page.getByLabel(column + ", row " + row, new Page.GetByLabelOptions().setExact(true));
    }

    private static void select(Page page, String label, String choice) {
        tabTo(page, label);
        page.keyboard().type(choice);
        assertThat(page.getByLabel(label)).not().hasValue("");
    }

    private static void tabTo(Page page, String name) {
        for (int key = 0; key < 80; key++) {
            page.keyboard().press("Tab");
            if (focused(page).equals(name)) return;
        }
        throw new AssertionError("the keyboard does not lead to " + name);
    }

    /** What the keyboard acts on, by its label or text. */
    private static Object focused(Page page) {
        return page.evaluate("""
                () => {
                  let element = document.activeElement;
                  while (element.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
                  return element.ariaLabel ?? (element.labels?.[0]?.textContent || element.textContent).trim();
                }
                """);
    }
}
