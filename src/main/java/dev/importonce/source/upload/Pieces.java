package dev.importonce.source.upload;

import dev.importonce.postgres.Sql;
import dev.importonce.source.block.BlockStore;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.Optional;
import java.util.UUID;

/** The stored pieces of uploads. What changes them has two statements in one transaction, since they may be on another node. */
@ApplicationScoped
class Pieces {
    /**
     * If two senders send the same offset at once, the second one waits for the row lock, then finds another offset and
     * stores nothing.
     */
    private static final String GROW = """
            update uploads
            set received_bytes = received_bytes + ?, pieces = pieces + 1, touched_at = now()
            where id = ? and user_id = ? and received_bytes = ? and received_bytes + ? <= announced_bytes
              and touched_at > now() - interval '1 day'
            returning pieces - 1 as ordinal
            """;

    private static final String APPEND = """
            insert into source_blocks (upload_id, user_id, ordinal, byte_offset, byte_length, records_offset, first_row, row_count, packed, payload)
            values (?, ?, ?, ?, ?, ?, 0, 0, ?, ?)
            """;

    private static final String SEALED = "update uploads set source_id = ? where id = ? and user_id = ?";

    private static final String REFUSED = """
            update uploads set refusal = ?::jsonb where id = ? and user_id = ? and source_id is null
            """;

    private static final String REMOVE =
            "delete from uploads where id = ? and user_id = ? and announced_bytes is not null";

    private final Sql sql;
    private final BlockStore blocks;

    Pieces(Sql sql, BlockStore blocks) {
        this.sql = sql;
        this.blocks = blocks;
    }

    /** @return whether the piece was the next one of the upload; if not, nothing is stored */
    @Transactional
    boolean append(UUID userId, UUID uploadId, long offset, int length, byte[] packed) {
        Optional<Integer> ordinal =
                sql.first(GROW, row -> row.integer("ordinal"), length, uploadId, userId, offset, length);
        ordinal.ifPresent(next ->
                sql.update(APPEND, uploadId, userId, next, offset, length, offset, packed.length < length, packed));
        return ordinal.isPresent();
    }

    /** Deletes the pieces, since the source has the bytes. */
    @Transactional
    void sealed(UUID userId, UUID uploadId, UUID sourceId) {
        if (sql.update(SEALED, sourceId, uploadId, userId) > 0) blocks.forget(userId, uploadId);
    }

    /** Deletes the pieces, since the file will never be readable. */
    @Transactional
    void refused(UUID userId, UUID uploadId, String problemJson) {
        if (sql.update(REFUSED, problemJson, uploadId, userId) > 0) blocks.forget(userId, uploadId);
    }

    /** @return whether the upload existed */
    @Transactional
    boolean remove(UUID userId, UUID uploadId) {
        boolean existed = sql.update(REMOVE, uploadId, userId) > 0;
        if (existed) blocks.forget(userId, uploadId);
        return existed;
    }
}
