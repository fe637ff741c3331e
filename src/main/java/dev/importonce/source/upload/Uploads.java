package dev.importonce.source.upload;

import dev.importonce.json.Json;
import dev.importonce.key.Ids;
import dev.importonce.postgres.Row;
import dev.importonce.postgres.Sql;
import dev.importonce.problem.Problem;
import dev.importonce.problem.ProblemException;
import dev.importonce.source.ImportFiles;
import dev.importonce.source.Source;
import dev.importonce.source.block.BlockStore;
import dev.importonce.source.block.Packing;
import dev.importonce.source.block.WholeStream;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Uploads in pieces. Each piece is stored as soon as it is complete; an upload that has not grown for a day is deleted. */
@ApplicationScoped
class Uploads {
    private static final String CREATE = """
            insert into uploads (id, user_id, announced_bytes, received_bytes, pieces, metadata)
            values (?, ?, ?, 0, 0, ?)
            on conflict (id, user_id) do nothing
            """;

    private static final String FIND = """
            select id, user_id, announced_bytes, received_bytes, metadata, source_id, refusal, touched_at + interval '1 day' as expires_at
            from uploads
            where id = ? and user_id = ? and announced_bytes is not null and touched_at > now() - interval '1 day'
            """;

    /**
     * If two senders send the same offset at once, the second one waits for the row lock, then finds another offset and
     * stores nothing. One statement writes the piece and the offset, so that no crash can separate them.
     */
    private static final String APPEND = """
            with grown as (
                update uploads
                set received_bytes = received_bytes + ?, pieces = pieces + 1, touched_at = now()
                where id = ? and user_id = ? and received_bytes = ? and received_bytes + ? <= announced_bytes
                  and touched_at > now() - interval '1 day'
                returning id, user_id, pieces - 1 as ordinal
            )
            insert into source_blocks (upload_id, user_id, ordinal, byte_offset, byte_length, records_offset, first_row, row_count, packed, payload)
            select id, user_id, ordinal, ?, ?, ?, 0, 0, ?, ?
            from grown
            """;

    /** Deletes the pieces, since the source has the bytes. */
    private static final String SEALED = """
            with sealed as (
                update uploads set source_id = ? where id = ? and user_id = ? returning id, user_id
            )
            delete from source_blocks b using sealed s where b.upload_id = s.id and b.user_id = s.user_id
            """;

    /** Deletes the pieces, since the file will never be readable. */
    private static final String REFUSED = """
            with refused as (
                update uploads set refusal = ?::jsonb where id = ? and user_id = ? and source_id is null returning id, user_id
            )
            delete from source_blocks b using refused r where b.upload_id = r.id and b.user_id = r.user_id
            """;

    private static final String REMOVE =
            "delete from uploads where id = ? and user_id = ? and announced_bytes is not null";

    private static final int PIECE_BYTES = 1 << 20;

    private final Sql sql;
    private final BlockStore blocks;
    private final ImportFiles files;
    private final Json json;

    Uploads(Sql sql, BlockStore blocks, ImportFiles files, Json json) {
        this.json = json;
        this.sql = sql;
        this.blocks = blocks;
        this.files = files;
    }

    /** Creates an upload with the announced number of bytes, and the sender's Upload-Metadata (tus) or null. */
    Upload create(UUID userId, long bytes, String metadata) {
        UUID id = Ids.next();
        sql.update(CREATE, id, userId, bytes, metadata);
        return find(userId, id).orElseThrow();
    }

    Optional<Upload> find(UUID userId, UUID id) {
        return sql.first(FIND, this::read, id, userId);
    }

    /**
     * Receives bytes from an offset on, up to the end of the stream.
     *
     * @return whether they were the next bytes of the upload; if not, those that were the next ones are kept
     * @throws IOException when the connection breaks; the bytes that have arrived are kept
     */
    boolean append(Upload upload, long offset, InputStream body) throws IOException {
        byte[] piece = new byte[PIECE_BYTES];
        while (true) {
            int length = 0;
            IOException brokenOff = null;
            try {
                for (int read = 0; read >= 0 && length < piece.length; length += Math.max(0, read))
                    read = body.read(piece, length, piece.length - length);
            } catch (IOException e) {
                brokenOff = e;
            }
            if (length > 0 && !store(upload, offset, Arrays.copyOf(piece, length))) return false;
            offset += length;
            if (brokenOff != null) throw brokenOff;
            if (length < piece.length) return true;
        }
    }

    private boolean store(Upload upload, long offset, byte[] piece) {
        int length = piece.length;
        byte[] packed = Packing.pack(piece);
        return sql.update(
                        APPEND,
                        length,
                        upload.id(),
                        upload.userId(),
                        offset,
                        length,
                        offset,
                        length,
                        offset,
                        packed.length < length,
                        packed)
                > 0;
    }

    /**
     * Makes a source of all bytes of the upload. The bytes are hashed and cut into blocks while the pieces are read, so that
     * no intermediate state has to survive a crash. May be called again, also twice at once: the same bytes are one source.
     *
     * @return empty when the pieces are deleted: another call has sealed or removed the upload meanwhile, or was refused
     * @throws ProblemException the reason why the upload cannot become a source; it is stored with the upload if it is the
     *     file's fault
     */
    Optional<UUID> seal(Upload upload) throws IOException {
        try {
            InputStream bytes = new WholeStream(blocks.open(upload.userId(), upload.id()), upload.bytes());
            Source source = files.take(upload.userId(), bytes, upload.fileName());
            sql.update(SEALED, source.id(), upload.id(), upload.userId());
            return Optional.of(source.id());
        } catch (EOFException e) {
            return Optional.empty();
        } catch (ProblemException e) {
            if (e.type().isOfTheFile()) sql.update(REFUSED, json.write(e.problem()), upload.id(), upload.userId());
            throw e;
        }
    }

    /** @return whether the upload existed */
    boolean remove(UUID userId, UUID id) {
        return sql.update(REMOVE, id, userId) > 0;
    }

    private Upload read(Row row) {
        String refusal = row.text("refusal");
        return new Upload(
                row.uuid("id"),
                row.uuid("user_id"),
                row.bigint("announced_bytes"),
                row.bigint("received_bytes"),
                row.text("metadata"),
                row.uuid("source_id"),
                refusal == null ? null : json.read(refusal, Problem.class),
                row.instant("expires_at"));
    }

    /**
     * One upload as it was a moment ago.
     *
     * @param bytes the announced number of bytes
     * @param offset the number of bytes that are stored
     * @param sourceId the source that the upload has become, or null
     * @param refusal why the upload cannot become a source, or null
     */
    record Upload(
            UUID id,
            UUID userId,
            long bytes,
            long offset,
            String metadata,
            UUID sourceId,
            Problem refusal,
            Instant expiresAt) {
        private static final Pattern FILE_NAME = Pattern.compile("(?:^|,)\\s*filename ([A-Za-z0-9+/=]+)");

        /** The file name in the metadata, or null. */
        String fileName() {
            Matcher name = FILE_NAME.matcher(metadata == null ? "" : metadata);
            try {
                return name.find()
                        ? new String(Base64.getDecoder().decode(name.group(1)), StandardCharsets.UTF_8)
                        : null;
            } catch (IllegalArgumentException e) {
                return null;
            }
        }

        boolean isWhole() {
            return offset == bytes;
        }
    }
}
