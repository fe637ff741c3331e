package dev.importonce.source;

import dev.importonce.json.Json;
import dev.importonce.key.Sha256;
import dev.importonce.postgres.Row;
import dev.importonce.postgres.Sql;
import dev.importonce.problem.ProblemException;
import dev.importonce.problem.ProblemType;
import dev.importonce.source.block.BlockStore;
import dev.importonce.source.block.Plan;
import dev.importonce.source.block.StoredBlocks;
import dev.importonce.source.format.Format;
import dev.importonce.source.format.Notice;
import dev.importonce.words.Sentence;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Sealed sources: one per user and content. */
@ApplicationScoped
public class SourceStore {
    /**
     * If the same bytes are sent twice at once, the index lets one upload become the source, and the other one gets that
     * source.
     */
    private static final String SEAL = """
            insert into sources as s (id, user_id, upload_id, sha256, byte_count, file_name, format, header, row_count, notices)
            values (?, ?, ?, ?, ?, ?, ?::jsonb, ?, ?, ?::jsonb)
            on conflict (user_id, sha256) where upload_id is not null
            do update set last_used_at = excluded.last_used_at
            returning s.id, s.upload_id, s.file_name, s.format
            """;

    /** Updating last_used_at prevents a sweep that runs at this moment from deleting the source's bytes. */
    private static final String USE = """
            update sources set last_used_at = now()
            where id = ? and user_id = ?
            returning id, upload_id, sha256, byte_count, file_name, format, header, notices
            """;

    private static final String USE_SAME = """
            update sources set last_used_at = now()
            where user_id = ? and sha256 = ? and upload_id is not null
            returning id, upload_id, sha256, byte_count, file_name, format, header, notices
            """;

    /**
     * If two requests make a rendition of a source in the same format at once, the first one is stored, and the other
     * request gets it. The number is the version of the readers, since an older version may have read the file differently.
     */
    private static final String KEEP = """
            insert into renditions as r (source_id, user_id, asked, upload_id, format, header, notices)
            values (?, ?, ?::jsonb || '{"reader": 2}', ?, ?::jsonb, ?, ?::jsonb)
            on conflict (source_id, user_id, asked) do update set asked = r.asked
            returning r.upload_id, r.format, r.header, r.notices
            """;

    private static final String FIND = """
            select upload_id, format, header, notices from renditions
            where source_id = ? and user_id = ? and asked = ?::jsonb || '{"reader": 2}'
            """;

    private final Sql sql;
    private final BlockStore blocks;
    private final Json json;

    SourceStore(Sql sql, BlockStore blocks, Json json) {
        this.sql = sql;
        this.blocks = blocks;
        this.json = json;
    }

    /**
     * Makes received bytes a source, or finds the source that has the same bytes; the source is read as planned.
     *
     * @param planned null: a mapping must say how to read it
     */
    @Transactional
    public Source seal(Received received, Planned planned) {
        Plan direct = received.direct();
        StoredBlocks raw = received.raw();
        Source source = sql.one(
                SEAL,
                row -> sealed(received, row),
                raw.uploadId(),
                raw.userId(),
                raw.uploadId(),
                received.sha256().bytes(),
                received.bytes(),
                received.fileName(),
                json.write(received.format()),
                direct == null ? new String[0] : direct.header().toArray(String[]::new),
                direct == null ? 0L : direct.rowCount(),
                direct == null ? null : json.write(direct.notices()));
        keepOrDiscard(raw, source.created());
        return planned == null ? source : keep(source, planned);
    }

    /** The source with that id, for use by a job; a problem if the user has no such source or its bytes are deleted. */
    @Transactional
    public Source use(UUID userId, UUID sourceId) {
        return sql.first(USE, row -> stored(userId, row), sourceId, userId)
                .orElseThrow(
                        () -> new ProblemException(ProblemType.NOT_FOUND, Sentence.of("no-such-source", sourceId)));
    }

    /** The source with these bytes, for use by a job, if the user has sent them before. */
    @Transactional
    Optional<Source> find(UUID userId, Sha256 sha256) {
        return sql.first(USE_SAME, row -> stored(userId, row), userId, sha256.bytes());
    }

    /** Parses an id; a problem if there cannot be such a source. */
    public static UUID uuid(String id) {
        try {
            return UUID.fromString(id);
        } catch (IllegalArgumentException e) {
            throw new ProblemException(ProblemType.NOT_FOUND, Sentence.of("source-not-found"));
        }
    }

    /**
     * The source read as planned; the plan's rendition becomes part of the source, unless the source has one in this format
     * already.
     */
    @Transactional
    public Source keep(Source source, Planned planned) {
        Plan plan = planned.plan();
        StoredBlocks rendition = planned.rendition();
        if (rendition == null)
            return source.read(plan.uploadId() == null ? plan.in(source.uploadId()) : plan, planned.notices());
        Plan kept = sql.one(
                KEEP,
                row -> rendition.uploadId().equals(row.uuid("upload_id"))
                        ? plan.in(rendition.uploadId())
                        : plan(source.userId(), row),
                source.id(),
                source.userId(),
                json.write(planned.asked()),
                rendition.uploadId(),
                json.write(plan.format()),
                plan.header().toArray(String[]::new),
                json.write(plan.notices()));
        keepOrDiscard(rendition, kept.uploadId().equals(rendition.uploadId()));
        return source.read(kept, planned.notices());
    }

    /** The plan for reading a source in that format, if it has such a rendition. */
    @Transactional
    Optional<Plan> rendition(Source source, Format asked) {
        return sql.first(FIND, row -> plan(source.userId(), row), source.id(), source.userId(), json.write(asked));
    }

    private void keepOrDiscard(StoredBlocks deposited, boolean isNew) {
        if (!isNew) blocks.discard(deposited);
        else if (!deposited.stored())
            blocks.put(deposited.userId(), deposited.uploadId(), deposited.blocks(), deposited.payloads());
    }

    private Plan plan(UUID userId, Row row) {
        UUID uploadId = row.uuid("upload_id");
        return new Plan(
                json.read(row.text("format"), Format.class),
                row.texts("header"),
                blocks.blocks(userId, uploadId),
                uploadId,
                notices(row.text("notices")));
    }

    /** The notices of a plan; those of a plan that an older version has made are not known. */
    private List<Notice> notices(String written) {
        return written == null ? List.of() : List.of(json.read(written, Notice[].class));
    }

    private Source sealed(Received received, Row row) {
        UUID uploadId = row.uuid("upload_id");
        return new Source(
                row.uuid("id"),
                received.userId(),
                uploadId,
                received.sha256(),
                received.bytes(),
                row.text("file_name"),
                json.read(row.text("format"), Format.class),
                null,
                List.of(),
                uploadId.equals(received.raw().uploadId()));
    }

    private Source stored(UUID userId, Row row) {
        if (row.uuid("upload_id") == null)
            throw new ProblemException(ProblemType.SOURCE_GONE, Sentence.of("file-removed"));
        return new Source(
                row.uuid("id"),
                userId,
                row.uuid("upload_id"),
                Sha256.of(row.bytes("sha256")),
                row.bigint("byte_count"),
                row.text("file_name"),
                json.read(row.text("format"), Format.class),
                // A plan without notices is that of an older version, which may have read the file in another way.
                row.texts("header").isEmpty() || row.text("notices") == null ? null : plan(userId, row),
                List.of(),
                false);
    }
}
