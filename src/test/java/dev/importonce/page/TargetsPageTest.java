package dev.importonce.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static dev.importonce.fixture.Declared.csv;
import static dev.importonce.fixture.Declared.put;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import dev.importonce.fixture.Database;
import dev.importonce.fixture.TestPostgres;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** People import into a table that an operator has declared. */
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
}
