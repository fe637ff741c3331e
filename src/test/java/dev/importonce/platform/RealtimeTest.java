package dev.importonce.platform;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.importonce.fixture.Database;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What Supabase Realtime gets to see of a job, read from the replication stream that it reads. */
class RealtimeTest {
    private static final UUID USER = UUID.fromString("00000000-0000-4000-8000-000000000001");

    private final UUID job = UUID.randomUUID();
    private Database database;

    @BeforeEach
    void a_job_of_two_blocks_and_a_share() {
        database = SupabaseServer.newest().database(SupabaseServer.Shape.SUPABASE);
        SupabaseServer.migrate(database);
        database.update("""
                insert into sources (id, user_id, sha256, byte_count, format, header, row_count)
                values (?, ?, decode(repeat('00', 32), 'hex'), 1, '{}', '{email}', 10)
                """, job, USER);
        database.update("""
                insert into migration_jobs (id, user_id, org_id, source_id, mapping, format, header, base_idempotency_key, idempotency_key,
                    blocks, shares, total_rows, status)
                values (?, ?, ?, ?, '{}', '{}', '{email}', 'v1:a', 'v1:a_1', 2, 1, 10, 'processing')
                """, job, USER, USER, job);
        for (int block = 0; block < 2; block++) chunk("reading", block);
        chunk("merging", 0);
    }

    @Test
    void jobs_are_published_and_nothing_else_of_ours() {
        assertEquals(
                List.of(List.of("migration_jobs")),
                database.rows("select tablename::text from pg_publication_tables where pubname = 'supabase_realtime'"));
    }

    @Test
    void each_finished_chunk_moves_the_bar_and_it_never_goes_back() {
        database.rows("select pg_create_logical_replication_slot(?, 'pgoutput')::text", slot());
        try {
            done("reading", 0, "read_rows = 5, rejected = 1");
            // Claimed once more after a crash of the database, with the figures that it has.
            database.update(
                    "update import_chunks set status = 'pending', due_at = now() where ordinal = 0 and step = 'reading'");
            done("reading", 0, "read_rows = 5, rejected = 1");
            done("reading", 1, "read_rows = 5");
            done("merging", 0, "inserted = 6, updated = 1, unchanged = 1, overridden = 1");

            List<Map<String, String>> seen = changes();
            assertEquals(
                    List.of("30", "55", "100"),
                    seen.stream().map(row -> row.get("percent")).toList());
            for (Map<String, String> row : seen) {
                assertEquals(job.toString(), row.get("id"));
                assertEquals(USER.toString(), row.get("user_id"));
                assertEquals("processing", row.get("status"));
            }
            assertEquals("20", seen.get(2).get("done_rows"));
        } finally {
            database.rows("select pg_drop_replication_slot(?)::text", slot());
        }
    }

    private void chunk(String step, int ordinal) {
        database.update("""
                insert into import_chunks (job_id, user_id, step, ordinal, status, due_at, turn, byte_offset, byte_length, first_row, row_count)
                values (?, ?, ?, ?, 'pending', now(), now(), 0, 1, 1, 5)
                """, job, USER, step, ordinal);
    }

    private void done(String step, int ordinal, String figures) {
        database.update(
                "update import_chunks set status = 'done', due_at = null, " + figures
                        + " where job_id = ? and step = ? and ordinal = ?",
                job,
                step,
                ordinal);
    }

    private String slot() {
        return "s" + job.toString().replace("-", "");
    }

    /** The new rows of migration_jobs (PostgreSQL manual, logical replication message formats). */
    private List<Map<String, String>> changes() {
        List<Map<String, String>> rows = new ArrayList<>();
        List<String> columns = new ArrayList<>();
        String get = """
                select data from pg_logical_slot_get_binary_changes(?, null, null, 'proto_version', '1', 'publication_names', 'supabase_realtime')
                """;
        // What is not on disk yet is not sent; test servers do not wait for that when they commit.
        database.update("checkpoint");
        for (List<Object> line : database.rows(get, slot())) {
            ByteBuffer message = ByteBuffer.wrap((byte[]) line.get(0));
            switch (message.get()) {
                case 'R' -> relation(message, columns);
                case 'U' -> rows.add(row(message, columns));
                default -> {}
            }
        }
        assertFalse(columns.isEmpty());
        return rows;
    }

    private static void relation(ByteBuffer message, List<String> columns) {
        message.getInt();
        text(message);
        assertEquals("migration_jobs", text(message));
        // The default replica identity.
        assertEquals('d', message.get());
        columns.clear();
        for (int left = message.getShort(); left > 0; left--) {
            message.get();
            columns.add(text(message));
            message.getInt();
            message.getInt();
        }
    }

    private static Map<String, String> row(ByteBuffer message, List<String> columns) {
        message.getInt();
        assertEquals('N', message.get());
        assertEquals(columns.size(), message.getShort());
        Map<String, String> row = new LinkedHashMap<>();
        for (String column : columns)
            if (message.get() == 't') {
                byte[] value = new byte[message.getInt()];
                message.get(value);
                row.put(column, new String(value, StandardCharsets.UTF_8));
            }
        return row;
    }

    private static String text(ByteBuffer message) {
        StringBuilder text = new StringBuilder();
        for (byte b = message.get(); b != 0; b = message.get()) text.append((char) b);
        return text.toString();
    }
}
