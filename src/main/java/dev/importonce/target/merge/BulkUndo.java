package dev.importonce.target.merge;

import dev.importonce.target.declare.Target;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;

/** Undoes a job's changes in a target, by the before-images of its merges. Runs inside the caller's transaction. */
@ApplicationScoped
public class BulkUndo {
    private final DeclaredUndo declared;

    BulkUndo(DeclaredUndo declared) {
        this.declared = declared;
    }

    /** Undoes the job's changes to one share of its natural keys. */
    public Undone undo(Target target, UUID jobId, UUID userId, int share, UUID orgId) {
        return declared.undo(target, new Share(jobId, userId, share, orgId));
    }

    /** Deletes the before-images of the job, whether its target is still declared or not. */
    public void forget(UUID jobId, UUID userId, UUID orgId) {
        declared.forget(jobId, userId, orgId);
    }
}
