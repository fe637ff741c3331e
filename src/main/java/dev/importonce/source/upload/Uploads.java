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

    private static final int PIECE_BYTES = 1 << 20;

    private final Sql sql;
    private final BlockStore blocks;
    private final Pieces pieces;
    private final ImportFiles files;
    private final Json json;

    Uploads(Sql sql, BlockStore blocks, Pieces pieces, ImportFiles files, Json json) {
        this.json = json;
        this.sql = sql;
        this.blocks = blocks;
        this.pieces = pieces;
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
        return pieces.append(upload.userId(), upload.id(), offset, piece.length, Packing.pack(piece));
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
            pieces.sealed(upload.userId(), upload.id(), source.id());
            return Optional.of(source.id());
        } catch (EOFException e) {
            return Optional.empty();
        } catch (ProblemException e) {
            if (e.type().isOfTheFile()) pieces.refused(upload.userId(), upload.id(), json.write(e.problem()));
            throw e;
        }
    }

    /** @return whether the upload existed */
    boolean remove(UUID userId, UUID id) {
        return pieces.remove(userId, id);
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
