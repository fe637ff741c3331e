package dev.importonce.job.preview;

import dev.importonce.job.chunk.ChunkTransaction;
import dev.importonce.job.chunk.Notices;
import dev.importonce.job.mapping.Columns;
import dev.importonce.job.mapping.Mapping;
import dev.importonce.key.Ids;
import dev.importonce.postgres.DatabaseException;
import dev.importonce.postgres.Sql;
import dev.importonce.problem.ProblemException;
import dev.importonce.problem.ProblemType;
import dev.importonce.source.block.Block;
import dev.importonce.source.block.FileRow;
import dev.importonce.source.block.Plan;
import dev.importonce.source.format.Notice;
import dev.importonce.target.declare.Suggestion;
import dev.importonce.target.declare.Target;
import dev.importonce.target.merge.BulkUpsert;
import dev.importonce.target.merge.Comparison;
import dev.importonce.target.merge.Layout;
import dev.importonce.target.merge.MergeRules;
import dev.importonce.target.merge.PackedCells;
import dev.importonce.target.merge.Reject;
import dev.importonce.target.merge.RowMapper;
import dev.importonce.target.merge.Staging;
import io.quarkus.arc.All;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * Finds out what an import would do by doing everything except the write: reads and stages the rows as a job does, compares
 * them as its merge does, and rolls the transaction back.
 */
@ApplicationScoped
class PreviewImport {
    private static final int SAMPLE_ROWS = 10;

    /**
     * Limit for the sample, and for the rejects: the number of cells and their characters; the row that exceeds the limit is
     * still shown.
     */
    private static final int MOST_SHOWN = 1 << 20;

    private static final int MOST_REJECTS = 100;
    private static final long MOST_ROWS = 1_000_000;

    private final List<Target> targets;
    private final BulkUpsert upsert;
    private final Sql sql;
    private final ChunkTransaction transaction;
    private final PreviewGate gate;

    PreviewImport(
            @All List<Target> targets, BulkUpsert upsert, Sql sql, ChunkTransaction transaction, PreviewGate gate) {
        this.targets = targets;
        this.upsert = upsert;
        this.sql = sql;
        this.transaction = transaction;
        this.gate = gate;
    }

    /**
     * Previews one file.
     *
     * @param mapping null, or one that maps nothing: then the preview only describes the file
     * @param rows reads a block of the plan
     * @param notices notices that reading the file has given so far
     * @param gone completes when the caller has disconnected: then the preview ends
     * @throws ProblemException when the preview takes longer than a merge may, or too many others are running
     */
    Preview of(
            Mapping mapping,
            UUID userId,
            Plan plan,
            Function<Block, Iterator<FileRow>> rows,
            List<Notice> notices,
            CompletableFuture<?> gone) {
        boolean maps = mapping != null && mapping.maps();
        List<FileRow> first = sample(plan, rows);
        List<List<String>> sample = first.stream().map(FileRow::cells).toList();
        List<Long> numbers = first.stream().map(FileRow::number).toList();
        List<Guess> guesses = targets.stream()
                .filter(candidate -> !maps || candidate.name().equals(mapping.target()))
                .map(candidate -> new Guess(candidate, Suggestion.of(candidate, plan.header(), sample)))
                .sorted(Comparator.comparingLong(Guess::missing)
                        .thenComparing(candidate -> candidate.target().name()))
                .toList();
        List<Preview.Suggested> suggested = guesses.stream().map(Guess::view).toList();
        if (!maps)
            return new Preview(
                    plan.format().shown(),
                    plan.header(),
                    sample,
                    numbers,
                    suggested.get(0),
                    suggested,
                    null,
                    null,
                    notices);
        Target target = guesses.get(0).target();
        Rehearsal rehearsal = new Rehearsal(target, Columns.layout(mapping, plan), userId);
        Comparison comparison = gate.pass(userId, gone, () -> rehearse(rehearsal, plan, rows, mapping, gone));
        return new Preview(
                plan.format().shown(),
                plan.header(),
                sample,
                numbers,
                suggested.get(0),
                suggested,
                rehearsal.summary(mapping, comparison),
                rehearsal.rejects,
                rehearsal.notices(plan, notices));
    }

    private Comparison rehearse(
            Rehearsal rehearsal,
            Plan plan,
            Function<Block, Iterator<FileRow>> rows,
            Mapping mapping,
            CompletableFuture<?> gone) {
        try {
            return transaction.rehearse(() -> sql.until(gone, () -> {
                for (Block block : plan.readable()) {
                    if (gone.isDone()) throw tooLong();
                    if (rehearsal.isFull()) break;
                    rehearsal.stage(block, rows.apply(block));
                }
                return rehearsal.compare(mapping, Columns.rules(mapping, rehearsal.target, () -> rehearsal.layout));
            }));
        } catch (DatabaseException e) {
            if (e.isCancelled()) throw tooLong();
            throw e;
        }
    }

    private static ProblemException tooLong() {
        return new ProblemException(
                ProblemType.BUSY,
                "The preview took longer than a preview may. Ask again when there is less going on, or import without it.");
    }

    private static List<FileRow> sample(Plan plan, Function<Block, Iterator<FileRow>> rows) {
        List<FileRow> sample = new ArrayList<>();
        Iterator<FileRow> first = rows.apply(plan.readable().get(0));
        int shown = 0;
        while (first.hasNext() && sample.size() < SAMPLE_ROWS && shown < MOST_SHOWN) {
            FileRow row = first.next();
            shown += PackedCells.length(row.cells());
            sample.add(new FileRow(row.number(), PackedCells.of(row.cells()), row.fault()));
        }
        return sample;
    }

    /** A possible target, and the columns that look like its fields. */
    private record Guess(Target target, Map<String, String> fields) {
        /** Number of required fields without a matching column: the fewer, the likelier the target. */
        long missing() {
            return IntStream.range(0, target.fields().size())
                    .filter(i -> target.requires(i)
                            && !fields.containsKey(target.fields().get(i).name()))
                    .count();
        }

        Preview.Suggested view() {
            return new Preview.Suggested(target.name(), fields);
        }
    }

    /** The parts of a job that a preview runs and rolls back. */
    private final class Rehearsal {
        private final Target target;
        private final Layout layout;
        private final RowMapper mapper;
        private final UUID userId;
        private final UUID jobId = Ids.next();
        private final List<Reject> rejects = new ArrayList<>();
        private long totalRows;
        private long rejected;
        private int shown;

        Rehearsal(Target target, Layout layout, UUID userId) {
            this.target = target;
            this.layout = layout;
            this.mapper = new RowMapper(target, layout, userId);
            this.userId = userId;
        }

        void stage(Block block, Iterator<FileRow> rows) {
            Staging staging = new Staging(target, mapper, 1);
            while (rows.hasNext() && totalRows + staging.rows() < MOST_ROWS) {
                FileRow row = rows.next();
                staging.add(row.number(), row.cells(), row.fault());
            }
            upsert.stage(target, staging, jobId, userId, block.ordinal());
            totalRows += staging.rows();
            rejected += staging.rejects().size();
            for (Reject reject : staging.rejects()) {
                if (rejects.size() >= MOST_REJECTS || shown >= MOST_SHOWN) break;
                shown += PackedCells.length(reject.cells());
                rejects.add(reject);
            }
        }

        boolean isFull() {
            return totalRows >= MOST_ROWS;
        }

        /** The notices of the file, and one that says that the preview did not read all rows. */
        List<Notice> notices(Plan plan, List<Notice> ofFile) {
            List<Notice> notices = new ArrayList<>(ofFile);
            notices.addAll(Notices.of(mapper.oddCells()));
            if (plan.rowCount() > totalRows)
                notices.add(Notice.of(
                        "first-million",
                        null,
                        plan.rowCount(),
                        "The file has " + plan.rowCount() + " rows; what is foreseen is what its first " + totalRows
                                + " would do."));
            return notices;
        }

        Comparison compare(Mapping mapping, MergeRules rules) {
            return upsert.compare(target, jobId, userId, mapping.orgId(), rules);
        }

        Preview.Summary summary(Mapping mapping, Comparison comparison) {
            long same = comparison.keys() - comparison.inserted() - comparison.updated();
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
}
