package dev.importonce.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.importonce.fixture.Database;
import dev.importonce.fixture.Imports;
import dev.importonce.fixture.Refusal;
import dev.importonce.fixture.TestPostgres;
import dev.importonce.fixture.Undos;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Taking an import back, as a user sees it. */
@QuarkusTest
@QuarkusTestResource(TestPostgres.class)
class UndoApiTest {
    private static final Map<String, Object> NO_ATTRIBUTES = Map.of();

    Database database;

    @BeforeEach
    void nobody_is_stored() {
        database.update("truncate contacts");
    }

    @Test
    void inserts_are_removed_changes_reverted_and_the_rest_untouched() {
        imported(Imports.MAPPING, "old@example.com,Old,Name", "same@example.com,Same,Name", "other@example.com,O,N");
        String before = updatedAt("same@example.com");
        String job = imported(
                Undos.MAPPING,
                "new@example.com,New,Name",
                "old@example.com,Changed,Name",
                "same@example.com,Same,Name");

        JsonPath undone = Undos.undone(job);

        assertEquals("completed", undone.getString("status"));
        assertNotNull(undone.getString("undoneAt"));
        assertEquals("completed", undone.getString("undo.status"));
        assertEquals(2, undone.getInt("undo.total"));
        assertEquals(2, undone.getInt("undo.undone"));
        assertEquals(0, undone.getInt("undo.keptCount"));
        assertEquals(List.of(), undone.getList("undo.kept"));
        assertEquals(100, undone.getInt("undo.percent"));
        assertEquals(1, undone.getInt("progress.inserted"), "the job's own figures stay");
        assertEquals(1, undone.getInt("progress.updated"));
        assertEquals(1, undone.getInt("progress.unchanged"));
        assertEquals(3, undone.getInt("progress.processedRows"));
        assertNull(Undos.contact("new@example.com"));
        assertEquals(person("Old", "Name"), Undos.contact("old@example.com"));
        assertEquals(before, updatedAt("same@example.com"));
        assertEquals(0, images(job));
        assertIntegrity();
    }

    @Test
    void a_job_that_nobody_asked_to_undo_says_so() {
        JsonPath job = Imports.job(imported(Undos.MAPPING, "asked@example.com,A,B"));

        assertTrue(job.getMap("$").containsKey("undo"));
        assertNull(job.get("undo"));
        assertNull(job.get("undoneAt"));
    }

    @Test
    void the_answer_is_the_job_with_its_undo_under_way() {
        String job = imported(Undos.MAPPING, "answer@example.com,A,B");

        Response asked = Undos.ask(job);

        assertEquals(202, asked.statusCode());
        assertEquals("/api/migrations/" + job, asked.header("Location").replaceFirst("^https?://[^/]+", ""));
        assertEquals(job, asked.path("jobId"));
        assertEquals("completed", asked.path("status"));
        assertEquals(1, (int) asked.path("undo.total"));
        Undos.ended(job);
    }

    @Test
    void an_import_that_does_not_ask_for_it_keeps_no_before_images() {
        assertEquals(0, images(imported(Imports.MAPPING, "plain@example.com,A,B")));
        assertEquals(1, images(imported(Undos.MAPPING, "undoable@example.com,A,B")));
    }

    @Test
    void the_figures_are_the_same_whether_or_not_undo_is_possible() {
        String[] rows = {
            "a@example.com,A,B", "a@example.com,A,C", "B@example.com,,D", "no address,,", "c@example.com,X,"
        };
        String job = imported(Undos.MAPPING, rows);
        assertEquals("[inserted:3, overridden:1, rejected:1, skipped:0, unchanged:0, updated:0]", figures(job));
        assertEquals(
                "[inserted:0, overridden:1, rejected:1, skipped:0, unchanged:3, updated:0]",
                figures(imported(Undos.MAPPING, rows)));
        rows[0] = "c@example.com,Y,Z";
        assertEquals(
                "[inserted:0, overridden:1, rejected:1, skipped:3, unchanged:0, updated:0]",
                figures(imported(Undos.with("\"onExisting\": \"skip\","), rows)));
        rows[4] = "c@example.com,Y,";
        assertEquals(
                "[inserted:0, overridden:1, rejected:1, skipped:0, unchanged:2, updated:1]",
                figures(imported(Undos.MAPPING, rows)));
    }

    @Test
    void attributes_are_undone_one_by_one() {
        attributes("{}", "email,Note,Town", "kim@example.com,first,Rome");
        String job = attributes("\"undoable\": true,", "email,Note,Size", "kim@example.com,second,XL");
        assertEquals(Map.of("Note", "second", "Size", "XL", "Town", "Rome"), attributesOf("kim@example.com"));

        JsonPath undone = Undos.undone(job);

        assertEquals(1, undone.getInt("undo.undone"));
        assertEquals(Map.of("Note", "first", "Town", "Rome"), attributesOf("kim@example.com"));
    }

    @Test
    void attributes_that_a_blank_cell_cleared_are_back() {
        attributes("{}", "email,Note,Town", "kim@example.com,first,Rome");
        String job =
                attributes("\"undoable\": true, \"onBlank\": \"clear\",", "email,Note,Town", "kim@example.com,,Rome");
        assertEquals(Map.of("Town", "Rome"), attributesOf("kim@example.com"));

        Undos.undone(job);

        assertEquals(Map.of("Note", "first", "Town", "Rome"), attributesOf("kim@example.com"));
    }

    @Test
    void fields_that_a_blank_cell_cleared_are_back() {
        imported(Imports.MAPPING, "kim@example.com,Kim,Lee");
        String job = imported(Undos.with("\"onBlank\": \"clear\","), "kim@example.com,,Li");
        assertEquals(Map.of("lastName", "Li", "attributes", NO_ATTRIBUTES), Undos.contact("kim@example.com"));

        Undos.undone(job);

        assertEquals(person("Kim", "Lee"), Undos.contact("kim@example.com"));
    }

    @Test
    void fields_that_were_filled_are_empty_again() {
        imported(Imports.MAPPING, "kim@example.com,,Lee");
        String job = imported(Undos.with("\"onExisting\": \"fill\","), "kim@example.com,Kim,Li");
        assertEquals(person("Kim", "Lee"), Undos.contact("kim@example.com"));

        Undos.undone(job);

        assertEquals(Map.of("lastName", "Lee", "attributes", NO_ATTRIBUTES), Undos.contact("kim@example.com"));
    }

    @Test
    void an_import_that_skips_existing_rows_undoes_only_its_inserts() {
        imported(Imports.MAPPING, "kim@example.com,Kim,Lee");
        String job = imported(Undos.with("\"onExisting\": \"skip\","), "kim@example.com,No,No", "new@example.com,N,E");

        JsonPath undone = Undos.undone(job);

        assertEquals(1, undone.getInt("undo.total"));
        assertEquals(person("Kim", "Lee"), Undos.contact("kim@example.com"));
        assertNull(Undos.contact("new@example.com"));
    }

    @Test
    void what_somebody_changed_since_is_kept_and_listed_by_field() {
        imported(Imports.MAPPING, "both@example.com,Old,Name");
        String job = imported(
                Undos.MAPPING, "both@example.com,New,Named", "inserted@example.com,In,Serted", "free@example.com,F,R");
        imported(Imports.MAPPING, "both@example.com,Newer,Named", "inserted@example.com,In,Serted");
        database.update(
                "update contacts set phone = '1', attributes = '{\"vip\": true}' where email = 'inserted@example.com'");

        JsonPath undone = Undos.undone(job);

        assertEquals(1, undone.getInt("undo.undone"));
        assertEquals(2, undone.getInt("undo.keptCount"));
        assertEquals(List.of("both@example.com", "inserted@example.com"), undone.getList("undo.kept.email"));
        assertEquals(List.of("changed", "changed"), undone.getList("undo.kept.reason"));
        assertEquals(
                List.of(List.of("firstName"), List.of("phone", "attributes.vip")), undone.getList("undo.kept.fields"));
        assertEquals(idOf("both@example.com"), undone.getString("undo.kept[0].id"));
        assertEquals(person("Newer", "Name"), Undos.contact("both@example.com"), "the other field is back");
        assertNotNull(Undos.contact("inserted@example.com"));
        assertNull(Undos.contact("free@example.com"));
        assertIntegrity();
    }

    @Test
    void an_attribute_removed_from_an_inserted_contact_is_a_change() {
        String job = attributes("\"undoable\": true,", "email,Note", "kim@example.com,first");
        database.update("update contacts set attributes = '{}'");

        JsonPath undone = Undos.undone(job);

        assertEquals(List.of(List.of("attributes.Note")), undone.getList("undo.kept.fields"));
        assertNotNull(Undos.contact("kim@example.com"));
    }

    @Test
    void of_contacts_deleted_since_only_the_changed_ones_are_listed() {
        imported(Imports.MAPPING, "old@example.com,Old,Name");
        String job = imported(Undos.MAPPING, "old@example.com,New,Name", "new@example.com,New,Name");
        database.update("delete from contacts");
        imported(Imports.MAPPING, "new@example.com,New,Name");

        JsonPath undone = Undos.undone(job);

        assertEquals(1, undone.getInt("undo.undone"));
        assertEquals(List.of("old@example.com"), undone.getList("undo.kept.email"));
        assertEquals(List.of("deleted"), undone.getList("undo.kept.reason"));
        assertNull(Undos.contact("old@example.com"));
        assertEquals(person("New", "Name"), Undos.contact("new@example.com"), "another contact with the same address");
    }

    @Test
    void what_somebody_put_back_by_hand_needs_no_undo() {
        imported(Imports.MAPPING, "kim@example.com,Kim,Lee");
        String job = imported(Undos.MAPPING, "kim@example.com,Tim,Lee");
        imported(Imports.MAPPING, "kim@example.com,Kim,Lee");

        JsonPath undone = Undos.undone(job);

        assertEquals(1, undone.getInt("undo.undone"));
        assertEquals(0, undone.getInt("undo.keptCount"));
        assertEquals(person("Kim", "Lee"), Undos.contact("kim@example.com"));
    }

    @Test
    void imports_undone_last_one_first_lead_back_to_the_beginning() {
        imported(Imports.MAPPING, "kim@example.com,Zero,Lee");
        String first = imported(Undos.MAPPING, "kim@example.com,One,Lee", "new@example.com,One,Lee");
        String second = imported(Undos.MAPPING, "kim@example.com,Two,Lee", "new@example.com,Two,Lee");

        assertEquals(0, Undos.undone(second).getInt("undo.keptCount"));
        assertEquals(person("One", "Lee"), Undos.contact("new@example.com"));
        assertEquals(0, Undos.undone(first).getInt("undo.keptCount"));

        assertEquals(person("Zero", "Lee"), Undos.contact("kim@example.com"));
        assertNull(Undos.contact("new@example.com"));
    }

    @Test
    void the_same_file_can_be_imported_again_after_its_undo() {
        String job = imported(Undos.MAPPING, "kim@example.com,Kim,Lee");
        Undos.undone(job);

        JsonPath again = Imports.job(imported(Undos.MAPPING, "kim@example.com,Kim,Lee"));

        assertEquals(1, again.getInt("progress.inserted"));
        Undos.undone(again.getString("jobId"));
        assertNull(Undos.contact("kim@example.com"));
    }

    @Test
    void of_many_kept_contacts_100_are_listed_and_all_are_counted() {
        String[] rows = new String[150];
        for (int i = 0; i < rows.length; i++) rows[i] = "p%03d@example.com,A,B".formatted(i);
        String job = imported(Undos.MAPPING, rows);
        database.update("update contacts set company = 'ACME'");

        JsonPath undone = Undos.undone(job);

        assertEquals(150, undone.getInt("undo.keptCount"));
        List<String> listed = undone.getList("undo.kept.email");
        assertEquals(100, listed.size());
        assertEquals("p000@example.com", listed.get(0));
        assertEquals("p099@example.com", listed.get(99));
    }

    @Test
    void a_second_undo_is_refused() {
        String job = imported(Undos.MAPPING, "kim@example.com,Kim,Lee");
        Undos.undone(job);

        Refusal.of(Undos.ask(job)).is("conflict", "The job has been undone already.");
    }

    @Test
    void a_job_that_cannot_be_undone_says_why() {
        Refusal.of(Undos.ask(imported(Imports.MAPPING, "plain@example.com,A,B")))
                .is("conflict", "The job cannot be undone: its mapping does not say \"undoable\": true.");
        String job = imported(Undos.MAPPING, "old@example.com,A,B");
        database.update(
                "update migration_jobs set finished_at = now() - interval '31 days' where id = ?",
                UUID.fromString(job));
        Refusal.of(Undos.ask(job))
                .is("conflict", "The job can no longer be undone: what it replaced was kept for 30 days.");
        assertNotNull(Undos.contact("old@example.com"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"pending", "processing", "failed", "cancelled"})
    void a_job_that_is_not_completed_cannot_be_undone(String status) {
        String job = imported(Undos.MAPPING, "status@example.com,A,B");
        database.update(
                "update migration_jobs set status = ?, finished_at = case when ? then now() end where id = ?",
                status,
                List.of("failed", "cancelled").contains(status),
                UUID.fromString(job));

        Refusal.of(Undos.ask(job)).is("conflict", "Only a completed job can be undone; this one is " + status + ".");

        database.update("delete from migration_jobs where id = ?", UUID.fromString(job));
    }

    private static String imported(String mapping, String... rows) {
        return Imports.imported(Imports.csv(rows), mapping).getString("jobId");
    }

    private static String attributes(String properties, String... lines) {
        String mapping = "{\"target\": \"contacts\", \"unmapped\": \"attributes\", "
                + (properties.equals("{}") ? "" : properties) + "\"fields\": {\"email\": \"email\"}}";
        return Imports.imported(String.join("\n", lines).getBytes(StandardCharsets.UTF_8), mapping)
                .getString("jobId");
    }

    private static Object attributesOf(String email) {
        return Undos.contact(email).get("attributes");
    }

    private static Map<String, Object> person(String first, String last) {
        return Map.of("firstName", first, "lastName", last, "attributes", NO_ATTRIBUTES);
    }

    private static String figures(String job) {
        Map<String, Object> figures = new java.util.TreeMap<>(Imports.job(job).getMap("progress"));
        figures.keySet().removeAll(List.of("phase", "totalRows", "readRows", "processedRows", "percent"));
        return figures.toString().replace("=", ":").replace('{', '[').replace('}', ']');
    }

    private long images(String job) {
        return database.count("select count(*) from target_before_images where job_id = ?", UUID.fromString(job));
    }

    private String idOf(String email) {
        return database.rows("select id from contacts where email = ?", email)
                .get(0)
                .get(0)
                .toString();
    }

    private String updatedAt(String email) {
        return database.rows("select updated_at from contacts where email = ?", email)
                .get(0)
                .get(0)
                .toString();
    }

    private static void assertIntegrity() {
        JsonPath integrity = io.restassured.RestAssured.get("/api/integrity").jsonPath();
        assertTrue(integrity.getBoolean("ok"), integrity::prettify);
    }
}
