package dev.importonce.job.undo;

import com.fasterxml.jackson.annotation.JsonRawValue;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.importonce.job.JobStatus;
import dev.importonce.job.MigrationJob;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * How far the undo of a job is. Each row that the job inserted or updated ends up in one of the two figures.
 *
 * @param requestedAt when it was last asked for
 * @param total rows that the job inserted or updated
 * @param undone rows that have nothing of the job any more: deleted, or with the values from before it
 * @param keptCount rows of which something is left, since somebody changed it after the job
 * @param kept the first 100 of them, by natural key
 * @param percent 0 to 100; never goes back
 * @param error why it stopped, as a problem; it can be asked for again
 */
@RegisterForReflection
public record Undo(
        Status status,
        Instant requestedAt,
        long total,
        long undone,
        long keptCount,
        @JsonRawValue @Schema(implementation = Kept[].class) String kept,
        int percent,

        @JsonRawValue @Schema(hidden = true) String error) {

    /** Where it is. */
    @RegisterForReflection
    @Schema(name = "UndoStatus")
    public enum Status {
        PROCESSING,
        COMPLETED,
        FAILED;

        @JsonValue
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * A row that could not be undone, or only in part.
     *
     * @param id of the contact
     * @param email its address when it was imported
     * @param reason {@code changed}: somebody changed these fields since; {@code deleted}: somebody deleted it since
     * @param fields what was left as it is, attributes as {@code attributes.} and their name; the first 20. Of a contact
     *     that the import inserted nothing is undone then, of another all but these
     */
    @RegisterForReflection
    @Schema(name = "KeptContact")
    record Kept(UUID id, String email, String reason, List<String> fields) {}

    /** Null for a job that nobody asked to undo. */
    public static Undo of(MigrationJob job) {
        if (job.undoRequestedAt() == null) return null;
        long total = job.inserted() + job.updated();
        long settled = job.undone() + job.kept();
        Status status =
                job.undoneAt() != null ? Status.COMPLETED : job.undoError() != null ? Status.FAILED : Status.PROCESSING;
        return new Undo(
                status,
                job.undoRequestedAt(),
                total,
                job.undone(),
                job.kept(),
                job.keptFirst() == null ? "[]" : job.keptFirst(),
                total > 0 ? (int) (settled * 100 / total) : status == Status.COMPLETED ? 100 : 0,
                job.undoError());
    }

    /** Why a job cannot be undone, to its user. */
    public static String refusal(MigrationJob job) {
        if (JobStatus.parse(job.status()) != JobStatus.COMPLETED)
            return "Only a completed job can be undone; this one is " + job.status() + ".";
        if (job.undoneAt() != null) return "The job has been undone already.";
        if (job.undoRequestedAt() != null && job.undoError() == null) return "The job is being undone already.";
        if (!job.undoable()) return "The job cannot be undone: its mapping does not say \"undoable\": true.";
        return "The job can no longer be undone: what it replaced was kept for 30 days.";
    }
}
