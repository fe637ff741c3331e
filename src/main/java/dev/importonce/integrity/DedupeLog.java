package dev.importonce.integrity;

import dev.importonce.postgres.DatabaseException;
import dev.importonce.postgres.Sql;
import dev.importonce.queue.Sweeper;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The log in which clean-ups store a full copy of each row that they remove; kept for 30 days. */
@ApplicationScoped
class DedupeLog implements Sweeper {
    private static final String MIGRATION = "/db/migration/20250126000000_create_dedupe_log.sql";

    private static final String EXISTS = "select to_regclass('dedupe_log') is not null as present";

    private static final String EXPIRED = """
            delete from dedupe_log
            where id in (
                select id
                from dedupe_log
                where created_at < now() - interval '30 days'
                order by created_at
                limit 10000
                for update skip locked)
            """;

    private final Sql sql;

    DedupeLog(Sql sql) {
        this.sql = sql;
    }

    @Override
    public String name() {
        return "dedupe-log";
    }

    @Override
    @Transactional
    public void sweep() {
        if (exists()) sql.update(EXPIRED);
    }

    /** Creates the table in a database that is older than this service, by its migration, which may run again later. */
    void create() {
        if (exists()) return;
        try (InputStream file = DedupeLog.class.getResourceAsStream(MIGRATION)) {
            sql.update(new String(file.readAllBytes(), StandardCharsets.UTF_8));
        } catch (DatabaseException e) {
            // Another process has created the table at the same moment: "if not exists" does not prevent this error.
            if (!exists()) throw e;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean exists() {
        return sql.one(EXISTS, row -> row.bool("present"));
    }
}
