package dev.importonce.job.preview;

import dev.importonce.job.chunk.Notices;
import dev.importonce.job.mapping.Mapping;
import dev.importonce.key.Ids;
import dev.importonce.postgres.Sql;
import dev.importonce.source.block.Block;
import dev.importonce.source.block.FileRow;
import dev.importonce.source.block.Plan;
import dev.importonce.source.format.Notice;
import dev.importonce.target.declare.Target;
import dev.importonce.target.merge.BulkUpsert;
import dev.importonce.target.merge.ColumnEvidence;
import dev.importonce.target.merge.Comparison;
import dev.importonce.target.merge.Layout;
import dev.importonce.target.merge.MergeRules;
import dev.importonce.target.merge.Outlook;
import dev.importonce.target.merge.PackedCells;
import dev.importonce.target.merge.RefusedRow;
import dev.importonce.target.merge.Reject;
import dev.importonce.target.merge.RowMapper;
import dev.importonce.target.merge.Staging;
import dev.importonce.words.Sentence;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The parts of a job that a preview runs and rolls back. */
final class Rehearsal {
    /** Those that the table refuses are not what would happen. */
    private static final String WITHOUT = """
            select coalesce(jsonb_agg(e order by (e ->> 'row')::bigint), '[]')::text as changes
            from jsonb_array_elements(?::jsonb) e
            where (e ->> 'row')::bigint <> all (?)
            """;

    private static final int MOST_REJECTS = 100;
    private static final long MOST_ROWS = 1_000_000;

    private final BulkUpsert upsert;
    private final Sql sql;
    private final Target target;
    private final Layout layout;
    private final RowMapper mapper;
    private final UUID userId;
    private final UUID orgId;
    private final UUID jobId = Ids.next();
    private final List<Reject> rejects = new ArrayList<>();
    private Outlook outlook;
    private long totalRows;
    private long rejected;
    private int shown;

    Rehearsal(
            BulkUpsert upsert,
            Sql sql,
            Target target,
            Layout layout,
            UUID userId,
            UUID orgId,
            ColumnEvidence evidence) {
        this.upsert = upsert;
        this.sql = sql;
        this.target = target;
        this.layout = layout;
        this.mapper = new RowMapper(target, layout, userId, evidence);
        this.userId = userId;
        this.orgId = orgId;
    }

    void stage(Block block, Iterator<FileRow> rows) {
        Staging staging = new Staging(target, mapper, 1);
        while (rows.hasNext() && totalRows + staging.rows() < MOST_ROWS) {
            FileRow row = rows.next();
            staging.add(row.number(), row.cells(), row.numbers(), row.fault());
        }
        upsert.stage(target, staging, jobId, userId, orgId, block.ordinal());
        totalRows += staging.rows();
        rejected += staging.rejects().size();
        for (Reject reject : staging.rejects()) {
            if (rejects.size() >= MOST_REJECTS) break;
            show(reject);
        }
    }

    /** Adds rows that the table refused; the shown ones stay in file order. */
    void refuse(List<RefusedRow> refused, Plan plan, Function<Block, Iterator<FileRow>> rows) {
        rejected += refused.size();
        Map<Integer, List<RefusedRow>> byBlock = refused.stream()
                .limit(MOST_REJECTS)
                .collect(Collectors.groupingBy(RefusedRow::block, TreeMap::new, Collectors.toList()));
        byBlock.forEach((block, some) -> {
            Map<Long, Sentence> reasons = some.stream().collect(Collectors.toMap(RefusedRow::row, RefusedRow::reason));
            rows.apply(block(plan, block)).forEachRemaining(row -> {
                Sentence reason = reasons.get(row.number());
                if (reason != null) show(mapper.reject(row.number(), reason, row.cells(), row.numbers()));
            });
        });
        rejects.sort(Comparator.comparing(Reject::row));
        if (rejects.size() > MOST_REJECTS)
            rejects.subList(MOST_REJECTS, rejects.size()).clear();
    }

    private static Block block(Plan plan, int ordinal) {
        return plan.readable().stream()
                .filter(block -> block.ordinal() == ordinal)
                .findFirst()
                .orElseThrow();
    }

    private void show(Reject reject) {
        if (shown >= PreviewImport.MOST_SHOWN) return;
        shown += PackedCells.length(reject.cells());
        rejects.add(reject);
    }

    boolean isFull() {
        return totalRows >= MOST_ROWS;
    }

    /** The notices of the file, and one that says that the preview did not read all rows. */
    List<Notice> notices(Plan plan, List<Notice> ofFile) {
        List<Notice> notices = new ArrayList<>(ofFile);
        notices.addAll(Notices.of(mapper.oddCells()));
        if (plan.rowCount() > totalRows)
            notices.add(Notice.of(Sentence.of("first-million", plan.rowCount(), totalRows), null, plan.rowCount()));
        return notices;
    }

    Comparison compare(MergeRules rules) {
        outlook = upsert.outlook(target, jobId, userId, orgId, rules);
        Comparison comparison = upsert.compare(target, jobId, userId, orgId, rules);
        Long[] refused = comparison.refused().stream().map(RefusedRow::row).toArray(Long[]::new);
        if (refused.length > 0)
            outlook = new Outlook(
                    sql.one(WITHOUT, row -> row.text("changes"), outlook.changes(), refused), outlook.overridden());
        return comparison;
    }

    Outlook outlook() {
        return outlook;
    }

    Target target() {
        return target;
    }

    Layout layout() {
        return layout;
    }

    List<Reject> rejects() {
        return rejects;
    }

    Preview.Summary summary(Mapping mapping, Comparison comparison) {
        long same = comparison.unchanged();
        boolean skip = mapping.onExisting() == Mapping.OnExisting.SKIP;
        return new Preview.Summary(
                totalRows,
                comparison.inserted(),
                comparison.updated(),
                skip ? 0 : same,
                skip ? same : 0,
                comparison.staged() - comparison.keys(),
                rejected);
    }
}
