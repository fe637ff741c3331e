package dev.importonce.load;

import dev.importonce.postgres.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;

/** Takes a job's rows out of a target again, by the before-images of its merges. Runs inside the caller's transaction. */
@ApplicationScoped
public class BulkUndo {
    private final Sql sql;

    BulkUndo(Sql sql) {
        this.sql = sql;
    }

    /**
     * Undoes what the job did to one share of its natural keys. The locks come first and by themselves: the undo then
     * looks at what is committed, also by those it has waited for.
     */
    public Undone undo(Target target, UUID jobId, UUID userId, int share, UUID orgId) {
        ByKey.LOOK_UP_AND_WRITE.tell(sql);
        sql.one(target.undo().lock(), row -> row, jobId, userId, share, orgId);
        return sql.one(
                target.undo().undo(),
                row -> new Undone(row.bigint("undone"), row.bigint("kept"), row.text("kept_first")),
                jobId,
                userId,
                share,
                orgId);
    }

    /** Deletes what an undo of the job would need. */
    public void forget(Target target, UUID jobId, UUID userId) {
        if (target.undoable()) sql.update(target.undo().forget(), jobId, userId);
    }
}
