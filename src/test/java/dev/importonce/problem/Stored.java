package dev.importonce.problem;

import dev.importonce.platform.Database;
import java.util.List;

/** What a refused request must leave as it was. */
public record Stored(List<Object> counts) {
    /** Jobs, sources, uploads without a source, blocks, Idempotency-Keys, contacts. */
    public static Stored in(Database database) {
        return new Stored(database.rows("""
                        select (select count(*) from migration_jobs),
                               (select count(*) from sources),
                               (select count(*) from uploads u where not exists (
                                   select from sources s where s.upload_id = u.id and s.user_id = u.user_id)),
                               (select count(*) from source_blocks),
                               (select count(*) from idempotency_keys),
                               (select count(*) from contacts)
                        """).get(0));
    }
}
