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

/** Where clean-ups write each row that they take away, whole; kept for 30 days. */
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

    /** A database that is older than this service has none yet: runs the migration that makes it, which may run again. */
    void create() {
        if (exists()) return;
        try (InputStream file = DedupeLog.class.getResourceAsStream(MIGRATION)) {
            sql.update(new String(file.readAllBytes(), StandardCharsets.UTF_8));
        } catch (DatabaseException e) {
            // Someone else made it at the same moment: "if not exists" looks before it acts.
            if (!exists()) throw e;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean exists() {
        return sql.one(EXISTS, row -> row.bool("present"));
    }
}
