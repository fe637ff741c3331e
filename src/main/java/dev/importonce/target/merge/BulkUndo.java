package dev.importonce.target.merge;

import dev.importonce.postgres.Sql;
import dev.importonce.target.declare.Target;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;

/** Undoes a job's changes in a target, by the before-images of its merges. Runs inside the caller's transaction. */
@ApplicationScoped
public class BulkUndo {
    private final Sql sql;
    private final DeclaredUndo declared;

    BulkUndo(Sql sql, DeclaredUndo declared) {
        this.declared = declared;
        this.sql = sql;
    }

    /**
     * Undoes the job's changes to one share of its natural keys. A separate statement takes the locks first, so that the
     * undo sees all committed changes, also those of transactions for which it has waited.
     */
    public Undone undo(Target target, UUID jobId, UUID userId, int share, UUID orgId) {
        if (target.isDeclared()) return declared.undo(target, new Share(jobId, userId, share, orgId));
        ByKey.LOOK_UP_AND_WRITE.tell(sql);
        sql.one(target.statements().undo().lock(), row -> row, jobId, userId, share, orgId);
        return sql.one(
                target.statements().undo().undo(),
                row -> new Undone(row.bigint("undone"), row.bigint("kept"), row.text("kept_first")),
                jobId,
                userId,
                share,
                orgId);
    }

    /** Deletes the before-images of a job of a declared target, whether it is still declared or not. */
    public void forgetDeclared(UUID jobId, UUID userId, UUID orgId) {
        Stream.of(userId, orgId)
                .filter(Objects::nonNull)
                .distinct()
                .forEach(owner -> declared.forget(jobId, userId, owner));
    }

    /** Deletes the before-images of the job. */
    public void forget(Target target, UUID jobId, UUID userId) {
        if (target.undoable()) sql.update(target.statements().undo().forget(), jobId, userId);
    }
}
