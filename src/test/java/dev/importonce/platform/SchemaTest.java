package dev.importonce.platform;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.importonce.fixture.Database;
import dev.importonce.fixture.NotPartitioned;
import dev.importonce.fixture.TestPostgres;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What holds for every table, read from the catalogue. */
@QuarkusTest
@QuarkusTestResource(TestPostgres.class)
class SchemaTest {
    /** A chat without a key and an entry of the log are addressed by nothing but their id; events for the webhook are one list. */
    private static final Set<String> BY_ID_ALONE = Set.of(
            "chats_pkey", "dedupe_log_pkey", "import_targets_pkey", "webhook_events_pkey", "webhook_events_once");

    Database database;

    @Test
    @NotPartitioned("the id of a chat is unique with its key there")
    void every_unique_index_has_the_user_organisation_or_chat() {
        List<List<Object>> indexes = database.rows("""
                select i.indexrelid::regclass::text, exists (
                    select from pg_attribute a
                    where a.attrelid = i.indrelid and a.attnum = any(i.indkey::int2[]) and a.attname in ('user_id', 'org_id', 'participants_key', 'chat_id'))
                from pg_index i
                join pg_class c on c.oid = i.indrelid
                where i.indisunique and c.relnamespace = 'public'::regnamespace and c.relname <> 'flyway_schema_history'
                """);

        assertFalse(indexes.isEmpty());
        Set<Object> bare = indexes.stream()
                .filter(index -> !index.get(1).equals(true))
                .map(index -> index.get(0))
                .collect(Collectors.toSet());
        assertEquals(BY_ID_ALONE, bare, "these could not be sharded");
    }

    @Test
    void every_foreign_key_has_an_index_to_find_what_refers_to_a_row() {
        List<List<Object>> bare = database.rows("""
                select conname::text
                from pg_constraint k
                where contype = 'f' and connamespace = 'public'::regnamespace and not exists (
                    select from pg_index i
                    where i.indrelid = k.conrelid and (i.indkey::int2[])[0:cardinality(k.conkey) - 1] @> k.conkey)
                """);

        assertEquals(List.of(), bare);
    }

    @Test
    void every_constraint_has_a_name_that_somebody_chose() {
        List<List<Object>> unnamed = database.rows("""
                select conname::text from pg_constraint
                where connamespace = 'public'::regnamespace and conrelid <> 'flyway_schema_history'::regclass
                  and contype <> 'n' and conname ~ '_(check|key|fkey|excl)[0-9]*$' and contype <> 'u'
                """);

        assertEquals(List.of(), unnamed);
    }

    @Test
    void attributes_that_are_no_object_are_refused() {
        for (String attributes : List.of("[]", "\"x\"", "7", "null", "true")) {
            IllegalStateException refused = org.junit.jupiter.api.Assertions.assertThrows(
                    IllegalStateException.class,
                    () -> database.update(
                            "insert into contacts (org_id, email, attributes) values (gen_random_uuid(), 'a@example.com', ?::jsonb)",
                            attributes),
                    attributes);
            assertEquals("23514", ((java.sql.SQLException) refused.getCause()).getSQLState());
        }
    }

    @Test
    void a_contact_that_was_never_normalised_is_refused() {
        for (String email : List.of(
                "Upper@example.com",
                " a@example.com",
                "a@example",
                "a@@example.com",
                "a b@example.com",
                "@example.com")) {
            IllegalStateException refused = org.junit.jupiter.api.Assertions.assertThrows(
                    IllegalStateException.class,
                    () -> database.update("insert into contacts (org_id, email) values (gen_random_uuid(), ?)", email),
                    email);
            assertEquals("23514", ((java.sql.SQLException) refused.getCause()).getSQLState());
        }
    }
}
