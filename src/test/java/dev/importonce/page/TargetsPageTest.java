package dev.importonce.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static dev.importonce.fixture.Declared.csv;
import static dev.importonce.fixture.Declared.put;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import dev.importonce.fixture.Database;
import dev.importonce.fixture.TestPostgres;
import dev.importonce.fixture.WorkedExample;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** An operator declares a table, and people import into it. */
@QuarkusTest
@QuarkusTestResource(TestPostgres.class)
class TargetsPageTest extends InChromium {
    private static final String LAMPS = """
            {"name": "lamps", "label": {"en": "Lamps on sale", "de": "Lampen"}, "table": "shop.lamps",
             "owner": {"organisation": "org_id"}, "key": ["sku"],
             "fields": [
               {"name": "sku", "column": "sku", "type": "text", "maxLength": 12, "pattern": "[A-Z0-9-]+", "normalise": ["upper"],
                "label": {"en": "Item number", "de": "Artikelnummer"}, "description": "As printed on the box", "example": "L-100"},
               {"name": "price", "column": "price", "type": "decimal", "scale": 2, "min": "0", "max": "9999"},
               {"name": "status", "column": "status", "type": "enum", "values": {"active": ["aktiv"], "retired": []}},
               {"name": "releasedOn", "column": "released_on", "type": "date", "min": "2000-01-01"}]}
            """;

    Database database;

    @BeforeEach
    void a_shop() {
        close();
        database.update("create schema shop");
        database.update("""
                create table shop.lamps (id bigint generated always as identity primary key, org_id uuid not null, sku text not null,
                    price numeric(10, 2) constraint price_is_fair check (price < 5000),
                    status text not null default 'active' check (status in ('active', 'retired')), released_on date, spot point,
                    unique (org_id, sku))
                """);
    }

    @AfterEach
    void close() {
        database.update("drop schema if exists shop cascade");
        database.update("delete from import_targets");
    }

    @Test
    void a_table_is_declared_and_a_file_is_imported_into_it() {
        Page page = tab("/#targets");
        assertThat(page.getByText("No table is declared yet.")).isVisible();
        Looks.at(page, "targets-none");
        page.getByLabel("Table", exactly()).fill("shop.lamps");
        page.keyboard().press("Enter");

        assertThat(page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setName("Draft for shop.lamps")))
                .isFocused();
        assertThat(notes(page)).containsText("The rows seem to belong to the organisation in org_id");
        assertThat(notes(page)).containsText("The column spot is of the type point");
        assertThat(declaration(page)).hasValue(Pattern.compile("\\{\"name\": \"sku\", \"column\": \"sku\""));
        declaration(page).fill(declaration(page).inputValue().replace("\"released_on\"", "\"released\""));
        button(page, "Save").click();
        assertThat(page.getByRole(AriaRole.ALERT).filter(containing("/fields/3/column")))
                .isVisible();
        Looks.at(page, "targets-draft");

        declaration(page).fill(LAMPS);
        button(page, "Save").click();
        assertThat(page.getByText("lamps is declared.")).isVisible();
        assertThat(declaration(page)).isHidden();
        assertThat(declared(page)).containsText("Lamps on sale (lamps)");
        assertThat(declared(page)).containsText("4 fields");

        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Import"))
                .first()
                .click();
        choose(page, "lamps.csv", csv("Item number,Price,Status,Released On", "l-1,12.50,aktiv,2030-12-31", "l-2,,,"));
        page.getByLabel("Import as").selectOption("Lamps on sale");
        assertThat(page.getByLabel("Item number (required)")).hasValue("Item number");
        assertThat(page.getByLabel("When a row is there already")).isVisible();
        assertThat(region(page, "What would happen")).containsText("New2");
        Looks.at(page, "import-declared");
        importButton(page).click();

        assertThat(count(page, "inserted")).hasText("2");
        assertEquals(
                List.of(List.of("L-1", "12.50", "active", "2030-12-31"), List.of("L-2", "null", "active", "null")),
                lamps());
    }

    @ParameterizedTest
    @MethodSource("dev.importonce.fixture.WorkedExample#names")
    void a_worked_example_is_imported_by_hand(String name) {
        WorkedExample example = WorkedExample.of(name);
        WorkedExample.removeTables(database);
        example.makeTables(database);
        put(name, example.declaration()).then().statusCode(201);
        Page page = tab("/");

        choose(page, name + ".csv", example.file());
        page.getByLabel("Import as").selectOption(example.label());
        example.columns().forEach((field, column) -> page.locator("select[name='" + field + "']")
                .selectOption(column));
        assertThat(region(page, "What would happen")).containsText("New2");
        Looks.at(page, "example-" + name);
        importButton(page).click();

        assertThat(count(page, "inserted")).hasText("2");
        example.assertStored(database);
        WorkedExample.removeTables(database);
    }

    @Test
    void each_field_says_what_it_holds() {
        put("lamps", LAMPS).then().statusCode(201);
        Page page = mapped(csv("sku,price,status,releasedOn", "l-1,1,active,2030-12-31"));

        assertThat(page.getByLabel("Item number (required)"))
                .hasAccessibleDescription(
                        "l-1 Text, in the form [A-Z0-9-]+, at most 12 characters. As printed on the box. Example: L-100");
        assertThat(page.getByLabel("Price"))
                .hasAccessibleDescription("1 Number, from 0 up to 9999, at most 2 decimals.");
        assertThat(page.getByLabel("Status")).hasAccessibleDescription("active One of: active, retired.");
        assertThat(page.getByLabel("Released on")).hasAccessibleDescription("2030-12-31 Date, from 2000-01-01.");
        page.getByLabel("Import as").selectOption("Contacts");
        assertThat(page.getByLabel("First name")).hasAccessibleDescription("");
        assertThat(page.getByLabel("When a contact is there already")).isVisible();
    }

    @Test
    void values_that_could_mean_two_are_asked_for() {
        put("lamps", LAMPS).then().statusCode(201);
        Page page = mapped(csv("sku,price,releasedOn", "l-1,\"1,234\",03/04/2030", "l-2,\"1,200\",05/04/2030"));
        Locator outlook = region(page, "What would happen");
        assertThat(outlook).containsText("is ambiguous");
        page.getByLabel("Decimal sign").selectOption("Point, as in 1,234.50");
        assertThat(page.getByLabel("Order of dates")).isVisible();
        Looks.at(page, "import-in-doubt");
        page.getByLabel("Order of dates").selectOption("Day first, as in 31/12/2030");
        assertThat(outlook.locator("dl")).hasText("New2");
        importButton(page).click();

        assertThat(count(page, "inserted")).hasText("2");
        assertEquals(
                List.of(
                        List.of("L-1", "1234.00", "active", "2030-04-03"),
                        List.of("L-2", "1200.00", "active", "2030-04-05")),
                lamps());
    }

    @Test
    void a_template_has_the_fields_of_the_target() throws IOException {
        put("lamps", LAMPS).then().statusCode(201);
        Page page = mapped(csv("sku", "l-1"));

        Download csv = page.waitForDownload(
                () -> page.getByText("Template to fill in (CSV)").click());
        assertEquals("lamps.csv", csv.suggestedFilename());
        try (InputStream in = csv.createReadStream()) {
            assertEquals(
                    "\uFEFFsku,price,status,releasedOn\r\nL-100,,,\r\n",
                    new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }
        Download xlsx = page.waitForDownload(
                () -> page.getByText("Template to fill in (XLSX)").click());
        assertEquals("lamps.xlsx", xlsx.suggestedFilename());
    }

    @Test
    void a_declaration_is_changed_and_removed() {
        put("lamps", LAMPS).then().statusCode(201);
        Page page = tab("/#targets");
        button(page, "Edit").click();
        assertThat(declaration(page)).hasValue(Pattern.compile("\"en\": \"Lamps on sale\""));
        declaration(page).fill("{\"name\": ");
        button(page, "Save").click();
        assertThat(page.getByRole(AriaRole.ALERT).filter(containing("/fields"))).hasCount(0);
        assertThat(page.getByRole(AriaRole.ALERT).filter(containing("JSON"))).isVisible();
        declaration(page).fill(LAMPS.replace("Lamps on sale", "Old lamps"));
        button(page, "Save").click();
        assertThat(declared(page)).containsText("Old lamps (lamps)");

        button(page, "Remove").click();
        assertThat(page.getByRole(AriaRole.DIALOG)).containsText("The table and its rows stay");
        Looks.at(page, "targets-remove");
        button(page, "Keep it").click();
        assertThat(declared(page)).containsText("Old lamps");
        button(page, "Remove").click();
        page.getByRole(AriaRole.DIALOG)
                .getByText("Remove", new Locator.GetByTextOptions().setExact(true))
                .click();

        assertThat(page.getByText("lamps is removed.")).isVisible();
        assertThat(declared(page)).isEmpty();
        assertEquals(0, database.count("select count(*) from import_targets"));
    }

    @Test
    void a_draft_replaces_a_declaration_only_if_one_says_so() {
        put("lamps", LAMPS).then().statusCode(201);
        Page page = tab("/#targets");
        assertThat(declared(page)).containsText("Lamps on sale");
        page.getByLabel("Table", exactly()).fill("shop.lamps");
        button(page, "Draft a declaration").click();
        button(page, "Save").click();
        assertThat(page.getByRole(AriaRole.DIALOG)).containsText("Replace lamps?");
        button(page, "Keep it").click();
        assertThat(declaration(page)).isVisible();
        assertThat(declared(page)).containsText("Lamps on sale");

        button(page, "Save").click();
        button(page, "Replace").click();
        assertThat(declared(page).getByRole(AriaRole.LISTITEM)).containsText("Lamps4 fields");
    }

    /** The mapping of a file for the lamps. */
    private Page mapped(byte[] file) {
        Page page = tab("/");
        choose(page, "lamps.csv", file);
        page.getByLabel("Import as").selectOption("Lamps on sale");
        return page;
    }

    private List<List<Object>> lamps() {
        return database.rows("""
                select sku, coalesce(price::text, 'null'), status, coalesce(released_on::text, 'null') from shop.lamps order by sku
                """);
    }

    private static Locator declaration(Page page) {
        return page.getByLabel("Declaration (JSON)");
    }

    private static Locator notes(Page page) {
        return page.getByRole(AriaRole.LIST, new Page.GetByRoleOptions().setName("What to check"));
    }

    private static Locator declared(Page page) {
        return page.getByRole(AriaRole.LIST, new Page.GetByRoleOptions().setName("Declared targets"));
    }

    private static Locator.FilterOptions containing(String text) {
        return new Locator.FilterOptions().setHasText(text);
    }

    private static Page.GetByLabelOptions exactly() {
        return new Page.GetByLabelOptions().setExact(true);
    }
}
