package dev.importonce.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static dev.importonce.fixture.Declared.csv;
import static dev.importonce.fixture.Declared.put;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import dev.importonce.fixture.Database;
import dev.importonce.fixture.TestPostgres;
import dev.importonce.identity.Caller;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What people see of single rows before they import, and what is filled in from the last time. */
@QuarkusTest
@QuarkusTestResource(TestPostgres.class)
class OutlookPageTest extends InChromium {
    private static final String CHANGES = "What would change, row by row";
    private static final String OVERRIDDEN = "Rows that a later row replaces";
    private static final String LAMPS = """
            {"name": "lamps", "label": {"en": "Lamps on sale"}, "table": "shop.lamps", "owner": {"organisation": "org_id"}, "key": ["sku"],
             "fields": [
               {"name": "sku", "column": "sku", "type": "text", "label": {"en": "Item number"}},
               {"name": "price", "column": "price", "type": "decimal", "scale": 2},
               {"name": "note", "column": "note", "type": "text", "label": {"en": "Remark"}}]}
            """;

    Database database;

    @BeforeEach
    void a_shop() {
        close();
        database.update("truncate contacts, remembered_mappings");
        database.update("create schema shop");
        database.update(
                "create table shop.lamps (org_id uuid not null, sku text not null, price numeric(10, 2), note text, unique (org_id, sku))");
    }

    @AfterEach
    void close() {
        database.update("drop schema if exists shop cascade");
        database.update("delete from import_targets");
    }

    @Test
    void stored_and_new_values_of_contacts_are_told_apart() {
        stored("a@look.example", "Ann", "", "007");
        stored("b@look.example", "Bob", null, "008");
        Page page = tab("/");
        choose(
                page,
                "look.csv",
                csv(
                        "email,firstName,lastName,company",
                        "a@look.example,Anna,Lee,007",
                        "b@look.example,Bob,Ray,",
                        "c@look.example,Cy,,0099"));

        assertThat(region(page, CHANGES).locator("th"))
                .hasText(new String[] {"Row", "E-mail", "Outcome", "First name", "Last name", "Company"});
        assertThat(row(page, 0))
                .hasText(new String[] {"2", "a@look.example", "Changed", "Ann → Anna", "blank → Lee", "007"});
        assertThat(row(page, 1))
                .hasText(new String[] {"3", "b@look.example", "Changed", "Bob", "no value → Ray", "008"});
        assertThat(row(page, 2)).hasText(new String[] {"4", "c@look.example", "New", "Cy", "no value", "0099"});
        assertThat(row(page, 0).locator("del")).hasText(new String[] {"Ann", "blank"});
        assertThat(row(page, 2).locator("ins")).hasText(new String[] {"Cy", "0099"});
        assertThat(region(page, OVERRIDDEN)).isHidden();

        page.getByLabel("When a contact is there already").selectOption("Leave it as it is");
        assertThat(row(page, 0)).hasText(new String[] {"2", "a@look.example", "Skipped", "Ann", "blank", "007"});
        assertThat(importButton(page)).isEnabled();
    }

    @Test
    void of_a_declared_target_fields_have_their_labels() {
        put("lamps", LAMPS).then().statusCode(201);
        database.update("insert into shop.lamps values (?, '0042', 12.50, 'old')", Caller.LOCAL_USER);
        Page page = tab("/");
        choose(page, "lamps.csv", csv("Item number,Price,Remark", "0042,13,old", "0043,1,<b>", "0043,2,x"));
        page.getByLabel("Import as").selectOption("Lamps on sale");

        assertThat(row(page, 0)).hasText(new String[] {"2", "0042", "Changed", "12.50 → 13.00", "old"});
        assertThat(region(page, CHANGES).locator("th"))
                .hasText(new String[] {"Row", "Item number", "Outcome", "Price", "Remark"});
        assertThat(row(page, 1)).hasText(new String[] {"4", "0043", "New", "2.00", "x"});
        assertThat(region(page, OVERRIDDEN).locator("tbody td")).hasText(new String[] {"3", "4"});
        assertThat(page.getByText("Only the last one is imported")).isVisible();
        Looks.at(page, "import-changes");
    }

    @Test
    void of_many_rows_the_first_hundred_are_listed() {
        Page page = tab("/");
        choose(
                page,
                "many.csv",
                csv(IntStream.range(0, 300)
                        .mapToObj(i -> i == 0 ? "email" : "p" + i % 120 + "@many.example")
                        .toArray(String[]::new)));

        assertThat(region(page, CHANGES).locator("tbody tr")).hasCount(100);
        assertThat(page.getByText("The first 100 of 120 are listed.")).isVisible();
        assertThat(region(page, OVERRIDDEN).locator("tbody tr")).hasCount(100);
        assertThat(page.getByText("The first 100 of 179 are listed.")).isVisible();
    }

    @Test
    void the_form_is_filled_in_as_last_time() {
        Page page = tab("/");
        choose(page, "last.csv", csv("Post,Wert,Notiz", "a@last.example,x,1"));
        assertThat(lastTime(page)).isHidden();
        page.getByLabel("Company").selectOption("Wert");
        page.getByLabel("Keep the other columns").check();
        page.getByLabel("When a contact is there already").selectOption("Fill only what is empty");
        importButton(page).click();
        assertThat(count(page, "inserted")).hasText("1");

        Page next = tab("/");
        choose(next, "next.csv", csv("Notiz,Wert,Post", "2,y,b@last.example"));

        assertThat(lastTime(next)).isVisible();
        assertThat(next.getByLabel("E-mail (required)")).hasValue("Post");
        assertThat(next.getByLabel("Company")).hasValue("Wert");
        assertThat(next.getByLabel("Keep the other columns")).isChecked();
        assertThat(next.getByLabel("When a contact is there already")).hasValue("fill");
        next.getByLabel("Import as").selectOption("Chats");
        assertThat(lastTime(next)).isHidden();
        next.getByLabel("Import as").selectOption("Contacts");
        assertThat(lastTime(next)).isVisible();
        importButton(next).click();
        assertThat(count(next, "inserted")).hasText("1");
        assertEquals(
                List.of(List.of("y", "{\"Notiz\": \"2\"}")),
                database.rows("select company, attributes::text from contacts where email = 'b@last.example'"));
    }

    private static Locator lastTime(Page page) {
        return page.getByText("Filled in as last time");
    }

    /** The cells of a row of what would change. */
    private static Locator row(Page page, int place) {
        return region(page, CHANGES).locator("tbody tr").nth(place).locator("td");
    }

    private void stored(String email, String first, String last, String company) {
        database.update(
                "insert into contacts (org_id, email, first_name, last_name, company) values (?, ?, ?, ?, ?)",
                Caller.LOCAL_USER,
                email,
                first,
                last,
                company);
    }
}
