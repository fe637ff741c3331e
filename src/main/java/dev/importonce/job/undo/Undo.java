package dev.importonce.job.undo;

import com.fasterxml.jackson.annotation.JsonRawValue;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.importonce.job.JobStatus;
import dev.importonce.job.MigrationJob;
import dev.importonce.words.Language;
import dev.importonce.words.Sentence;
import dev.importonce.words.StoredWords;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * The progress of the undo of a job. Each row that the job inserted or updated is counted in one of the two figures, undone
 * or kept.
 *
 * @param requestedAt when the undo was last requested
 * @param total rows that the job inserted or updated
 * @param undone rows that have no values of the job any more: they are deleted, or have their former values
 * @param keptCount rows that still have values of the job, or are gone, since somebody changed or deleted them after the job
 * @param kept the first 100 of them, by natural key
 * @param percent 0 to 100; never goes back
 * @param error why the undo failed, as a problem; the undo can be requested again
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

    /** The state of an undo. */
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
     * @param id its id, of a contact or of a table whose declaration has ids
     * @param email of a contact, its address when it was imported; absent for any other row
     * @param key its natural key when it was imported
     * @param reason {@code changed}: somebody changed these fields since; {@code deleted}: somebody deleted it since; {@code
     *     referenced}: rows of other tables would be lost with it; {@code refused}: the table does not take its former values
     * @param fields the first 20 fields that were not reverted, attributes as {@code attributes.} and their name. A contact
     *     that the import inserted is then kept as a whole; in another contact, all other fields are reverted
     */
    @RegisterForReflection
    @Schema(name = "KeptRow")
    record Kept(UUID id, String email, Map<String, String> key, String reason, List<String> fields) {}

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

    /** The error in that language. */
    public Undo in(Language language) {
        return new Undo(status, requestedAt, total, undone, keptCount, kept, percent, StoredWords.in(language, error));
    }

    /** The reason why a job cannot be undone, for its user. */
    public static Sentence refusal(MigrationJob job) {
        if (JobStatus.parse(job.status()) != JobStatus.COMPLETED) return Sentence.of("job-not-undoable", job.status());
        if (job.undoneAt() != null) return Sentence.of("undone-already");
        if (job.undoRequestedAt() != null && job.undoError() == null) return Sentence.of("being-undone");
        if (!job.undoable()) return Sentence.of("not-made-undoable");
        return Sentence.of("undoable-no-longer");
    }
}
