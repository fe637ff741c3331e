package dev.importonce.contact;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.importonce.fixture.Database;
import dev.importonce.fixture.Imports;
import dev.importonce.fixture.NotOnCitus;
import dev.importonce.fixture.TestPostgres;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Contacts by any part of their names, company or address. */
@QuarkusTest
@QuarkusTestResource(TestPostgres.class)
class ContactSearchApiTest {
    private static final Path INDEX = Path.of("supabase-compat/migrations/20250311010000_search_contacts.sql");
    private static final String MAPPING = """
            {"target": "contacts", "fields": {"email": "email", "firstName": "first", "lastName": "last", "company": "company"}}
            """;

    Database database;

    @BeforeEach
    void four_contacts() {
        Imports.imported("""
                email,first,last,company
                ann@found.example,Ann Marie,O'Neil,Müller & Söhne
                bob@found.example,Bob,100%,under_score
                eve@found.example,,,Back\\slash
                zoe@found.example,Zoë,,
                """.getBytes(java.nio.charset.StandardCharsets.UTF_8), MAPPING);
    }

    @Test
    void any_part_is_found_in_whatever_case() {
        assertEquals(List.of("ann"), found("arie O'NEIL"));
        assertEquals(List.of("ann"), found("LER & S"));
        assertEquals(List.of("zoe"), found("oë"));
        assertEquals(List.of("ann", "bob", "eve", "zoe"), found("@found.EXAMPLE"));
        assertEquals(List.of("ann", "bob", "eve", "zoe"), found("  ound.exam "));
        assertEquals(List.of(), found("found.example.org"));
    }

    @Test
    void signs_that_mean_something_to_a_pattern_mean_themselves() {
        assertEquals(List.of("bob"), found("00%"));
        assertEquals(List.of("bob"), found("r_s"));
        assertEquals(List.of("eve"), found("k\\s"));
        assertEquals(List.of(), found("found_example"));
        assertEquals(List.of(), found("a%l"));
        assertEquals(List.of(), found("a\0b"));
    }

    @Test
    void pages_go_on_within_the_search_and_too_much_is_refused() {
        JsonPath page = JsonPath.from(given().queryParam("containing", "@found.example")
                .get("/api/contacts?limit=3")
                .asString());
        assertEquals(3, page.getList("items").size());
        given().queryParam("containing", "@found.example")
                .queryParam("cursor", page.getString("nextCursor"))
                .get("/api/contacts?limit=3")
                .then()
                .body("items.email", org.hamcrest.Matchers.equalTo(List.of("zoe@found.example")));
        given().queryParam("containing", "x".repeat(255))
                .get("/api/contacts")
                .then()
                .statusCode(422)
                .body("detail", containsString("at most 254"));
    }

    /** As the service asks, in a table in which everything else would take long. */
    @Test
    @NotOnCitus("autovacuum cleans the index of each shard on its node")
    void where_the_extension_is_there_an_index_finds_the_part() throws IOException {
        assumeTrue(
                database.count("select count(*) from pg_available_extensions where name = 'pg_trgm'") == 1,
                "this PostgreSQL has no pg_trgm");
        String file = Files.readString(INDEX);
        database.update("create extension if not exists pg_trgm");
        try {
            for (int time = 0; time < 2; time++) database.update(file);
            database.update("""
                    insert into contacts (org_id, email, company)
                    select '00000000-0000-0000-0000-00000000000a', 'many' || n || '@found.example', md5(n::text) from generate_series(1, 20000) n
                    """);
            // What autovacuum does after a while.
            database.rows("select gin_clean_pending_list('contacts_words')");
            database.update("analyze contacts");
            String plan = database.rows("""
                            explain select email from contacts c
                            where org_id = '00000000-0000-0000-0000-00000000000a' and email > '' and cast((coalesce(c.first_name, '') || ' '
                                || coalesce(c.last_name, '') || ' ' || coalesce(c.company, '') || ' ' || c.email collate "default") ilike '%müller & s%' as boolean) = true
                            order by email limit 51
                            """).toString();
            assertTrue(plan.contains("contacts_words"), plan);
            assertEquals(List.of("ann"), found("müller & s"));
        } finally {
            database.update("delete from contacts where org_id = '00000000-0000-0000-0000-00000000000a'");
            database.update("drop index if exists contacts_words");
            database.update("drop extension if exists pg_trgm");
        }
    }

    private static List<String> found(String part) {
        List<String> emails = given().queryParam("containing", part)
                .get("/api/contacts")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath()
                .getList("items.email");
        return emails.stream()
                .filter(email -> email.endsWith("@found.example"))
                .map(email -> email.substring(0, email.indexOf('@')))
                .toList();
    }
}
