package dev.importonce.source;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.importonce.key.Sha256;
import dev.importonce.postgres.Row;
import dev.importonce.postgres.Sql;
import dev.importonce.problem.ProblemException;
import dev.importonce.problem.ProblemType;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.UUID;

/** Sealed sources: one per user and content. */
@ApplicationScoped
public class SourceStore {
    /** The same bytes sent twice at once: the index lets one become the source, the other gets that one. */
    private static final String SEAL = """
            insert into sources as s (id, user_id, upload_id, sha256, byte_count, file_name, format, header, row_count)
            values (?, ?, ?, ?, ?, ?, ?::jsonb, ?, ?)
            on conflict (user_id, sha256) where upload_id is not null
            do update set last_used_at = now()
            returning s.id, s.upload_id, s.file_name
            """;

    /** Touching it keeps a sweep that runs at this moment from removing its bytes. */
    private static final String USE = """
            update sources set last_used_at = now()
            where id = ? and user_id = ?
            returning upload_id, sha256, byte_count, file_name, format, header
            """;

    private final Sql sql;
    private final BlockStore blocks;
    private final ObjectMapper json;

    SourceStore(Sql sql, BlockStore blocks, ObjectMapper json) {
        this.sql = sql;
        this.blocks = blocks;
        this.json = json;
    }

    /** Makes received bytes a source, or finds the one that has the same bytes. */
    @Transactional
    public Source seal(Received received) {
        Plan plan = received.plan();
        Source source = sql.one(
                SEAL,
                row -> sealed(received, row),
                received.uploadId(),
                received.userId(),
                received.uploadId(),
                received.sha256().bytes(),
                received.bytes(),
                received.fileName(),
                write(plan.format()),
                plan.header().toArray(String[]::new),
                plan.rowCount());
        if (source.created() && !received.stored())
            blocks.put(received.userId(), received.uploadId(), plan.blocks(), received.payloads());
        if (!source.created() && received.stored()) blocks.discard(received.userId(), received.uploadId());
        return source;
    }

    /** The source with that id, for use by a job; a problem if the user has none or its bytes are gone. */
    @Transactional
    public Source use(UUID userId, UUID sourceId) {
        return sql.first(USE, row -> stored(userId, sourceId, row), sourceId, userId)
                .orElseThrow(() -> new ProblemException(
                        ProblemType.NOT_FOUND, "You have no source " + sourceId + ". Send the file first."));
    }

    private static Source sealed(Received received, Row row) {
        UUID uploadId = row.uuid("upload_id");
        return new Source(
                row.uuid("id"),
                received.userId(),
                uploadId,
                received.sha256(),
                received.bytes(),
                row.text("file_name"),
                received.plan(),
                uploadId.equals(received.uploadId()));
    }

    private Source stored(UUID userId, UUID sourceId, Row row) {
        UUID uploadId = row.uuid("upload_id");
        if (uploadId == null)
            throw new ProblemException(
                    ProblemType.SOURCE_GONE, "This file was removed 30 days after its last import. Send it again.");
        Plan plan = new Plan(read(row.text("format")), row.texts("header"), blocks.blocks(userId, uploadId));
        return new Source(
                sourceId,
                userId,
                uploadId,
                Sha256.of(row.bytes("sha256")),
                row.bigint("byte_count"),
                row.text("file_name"),
                plan,
                false);
    }

    private String write(Format format) {
        try {
            return json.writeValueAsString(format);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private Format read(String format) {
        try {
            return json.readValue(format, Format.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
