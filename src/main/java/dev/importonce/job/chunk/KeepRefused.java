package dev.importonce.job.chunk;

import dev.importonce.job.mapping.Columns;
import dev.importonce.job.mapping.JobColumns;
import dev.importonce.job.mapping.Mapping;
import dev.importonce.json.Json;
import dev.importonce.postgres.Sql;
import dev.importonce.source.block.Block;
import dev.importonce.source.block.BlockStore;
import dev.importonce.source.block.FileRow;
import dev.importonce.source.format.Format;
import dev.importonce.target.declare.Target;
import dev.importonce.target.merge.Layout;
import dev.importonce.target.merge.RefusedRow;
import dev.importonce.target.merge.Reject;
import dev.importonce.target.merge.RowMapper;
import dev.importonce.words.Sentence;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Keeps the rows that a target's table refuses, with their cells, for their owner to correct. Staging has only what the cells
 * mean, so that the blocks of the file are read again: holds one block in memory.
 */
@ApplicationScoped
class KeepRefused {
    private static final String BLOCK = """
            select byte_offset, byte_length, first_row, row_count
            from import_chunks
            where job_id = ? and user_id = ? and step = 'reading' and ordinal = ?
            """;

    /** An upsert, since shares are merged again after a crash has emptied staging. */
    private static final String KEEP = """
            insert into import_refusals (job_id, user_id, ordinal, share, rejects)
            values (?, ?, ?, ?, convert_from(?, 'UTF8')::json)
            on conflict (job_id, user_id, ordinal, share) do update set rejects = excluded.rejects
            """;

    private final Sql sql;
    private final BlockStore blocks;
    private final JobColumns columns;
    private final Json json;

    KeepRefused(Sql sql, BlockStore blocks, JobColumns columns, Json json) {
        this.sql = sql;
        this.blocks = blocks;
        this.columns = columns;
        this.json = json;
    }

    /** Runs in the transaction of the share, after the check of its token. */
    void keep(ChunkClaim claim, Target target, Mapping mapping, List<RefusedRow> refused) {
        if (refused.isEmpty()) return;
        Layout layout = Columns.layout(mapping, columns.of(claim.userId(), claim.jobId()));
        RowMapper mapper = new RowMapper(target, layout, claim.userId());
        Map<Integer, List<RefusedRow>> byBlock =
                refused.stream().collect(Collectors.groupingBy(RefusedRow::block, TreeMap::new, Collectors.toList()));
        byBlock.forEach((block, rows) -> sql.update(
                KEEP,
                claim.jobId(),
                claim.userId(),
                block,
                claim.ordinal(),
                json.utf8(rejects(claim, mapper, block, rows))));
    }

    private List<Reject> rejects(ChunkClaim claim, RowMapper mapper, int block, List<RefusedRow> refused) {
        Map<Long, Sentence> reasons = refused.stream().collect(Collectors.toMap(RefusedRow::row, RefusedRow::reason));
        List<Reject> rejects = new ArrayList<>();
        rows(claim, block).forEachRemaining(row -> {
            Sentence reason = reasons.get(row.number());
            if (reason != null) rejects.add(mapper.reject(row.number(), reason, row.cells(), row.numbers()));
        });
        return rejects;
    }

    private Iterator<FileRow> rows(ChunkClaim claim, int ordinal) {
        Block block = sql.one(
                BLOCK,
                row -> new Block(
                        ordinal,
                        row.bigint("byte_offset"),
                        row.integer("byte_length"),
                        row.bigint("byte_offset"),
                        row.bigint("first_row"),
                        row.integer("row_count")),
                claim.jobId(),
                claim.userId(),
                ordinal);
        return blocks.rows(
                claim.userId(),
                claim.uploadId(),
                json.read(claim.format(), Format.class),
                columns.of(claim.userId(), claim.jobId()).size(),
                block);
    }
}
