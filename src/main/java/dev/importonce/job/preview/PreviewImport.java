package dev.importonce.job.preview;

import dev.importonce.identity.Caller;
import dev.importonce.job.chunk.ChunkTransaction;
import dev.importonce.job.mapping.Columns;
import dev.importonce.job.mapping.JobTargets;
import dev.importonce.job.mapping.Mapping;
import dev.importonce.job.mapping.RememberedMappings;
import dev.importonce.postgres.DatabaseException;
import dev.importonce.postgres.Sql;
import dev.importonce.problem.ProblemException;
import dev.importonce.problem.ProblemType;
import dev.importonce.source.block.Block;
import dev.importonce.source.block.FileRow;
import dev.importonce.source.block.Plan;
import dev.importonce.source.format.Notice;
import dev.importonce.target.declare.Target;
import dev.importonce.target.declare.TargetChanged;
import dev.importonce.target.declare.Targets;
import dev.importonce.target.merge.BulkUpsert;
import dev.importonce.target.merge.ColumnEvidence;
import dev.importonce.target.merge.Comparison;
import dev.importonce.target.merge.Layout;
import dev.importonce.target.merge.PackedCells;
import dev.importonce.target.merge.TooManyRefused;
import dev.importonce.words.Sentence;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.Stream;

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
    static final int MOST_SHOWN = 1 << 20;

    private final Targets targets;
    private final RememberedMappings remembered;
    private final BulkUpsert upsert;
    private final Sql sql;
    private final ChunkTransaction transaction;
    private final PreviewGate gate;

    PreviewImport(
            Targets targets,
            RememberedMappings remembered,
            BulkUpsert upsert,
            Sql sql,
            ChunkTransaction transaction,
            PreviewGate gate) {
        this.targets = targets;
        this.remembered = remembered;
        this.upsert = upsert;
        this.sql = sql;
        this.transaction = transaction;
        this.gate = gate;
    }

    /**
     * Previews one file.
     *
     * @param mapping null, or one that maps nothing: then the preview only describes the file
     * @param caller a user, or a service that names one
     * @param rows reads a block of the plan
     * @param notices notices that reading the file has given so far
     * @param gone completes when the caller has disconnected: then the preview ends
     * @throws ProblemException when the preview takes longer than a merge may, or too many others are running
     */
    Preview of(
            Mapping mapping,
            Caller caller,
            Plan plan,
            Function<Block, Iterator<FileRow>> rows,
            List<Notice> notices,
            CompletableFuture<?> gone) {
        boolean maps = mapping != null && mapping.maps();
        List<FileRow> first = sample(plan, rows);
        List<List<String>> sample = first.stream().map(FileRow::cells).toList();
        List<Long> numbers = first.stream().map(FileRow::number).toList();
        Map<String, Mapping> used = remembered.of(caller, maps ? mapping.orgId() : caller.organisation(null), plan);
        List<Guess> guesses = candidates(caller, mapping)
                .map(candidate -> Guess.of(candidate, used, plan.header(), sample))
                .sorted(Guess.LIKELIEST_FIRST)
                .toList();
        List<Preview.Suggested> suggested = guesses.stream().map(Guess::view).toList();
        if (!maps)
            return new Preview(
                    plan.format().shown(),
                    plan.header(),
                    sample,
                    numbers,
                    suggested.get(0),
                    guesses.get(0).isUsed(),
                    suggested,
                    null,
                    null,
                    null,
                    null,
                    notices);
        Target target = JobTargets.narrowed(guesses.get(0).target(), mapping);
        Layout layout = Columns.layout(mapping, plan);
        ColumnEvidence evidence =
                ColumnEvidence.of(target, layout, caller.user(), () -> FileRow.readable(firstRows(plan, rows)));
        Rehearsal rehearsal = new Rehearsal(upsert, sql, target, layout, caller.user(), mapping.orgId(), evidence);
        Comparison comparison = gate.pass(caller.user(), gone, () -> rehearse(rehearsal, plan, rows, mapping, gone));
        rehearsal.refuse(comparison.refused(), plan, rows);
        return new Preview(
                plan.format().shown(),
                plan.header(),
                sample,
                numbers,
                suggested.get(0),
                guesses.get(0).isUsed(),
                suggested,
                rehearsal.summary(mapping, comparison),
                rehearsal.rejects(),
                rehearsal.outlook().changes(),
                rehearsal.outlook().overridden(),
                rehearsal.notices(plan, notices));
    }

    private Stream<Target> candidates(Caller caller, Mapping mapping) {
        return mapping != null && mapping.maps() ? targets.find(mapping.target()).stream() : targets.importable(caller);
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
                return rehearsal.compare(Columns.rules(mapping, rehearsal.target(), rehearsal::layout));
            }));
        } catch (DatabaseException e) {
            if (e.isCancelled()) throw tooLong();
            throw e;
        } catch (TargetChanged e) {
            throw new ProblemException(ProblemType.TARGET_CHANGED, e.reason(), e.faults());
        } catch (TooManyRefused e) {
            throw new ProblemException(ProblemType.ROWS_REFUSED, e.reason());
        }
    }

    private static ProblemException tooLong() {
        return new ProblemException(ProblemType.BUSY, Sentence.of("preview-too-long"));
    }

    private static List<FileRow> sample(Plan plan, Function<Block, Iterator<FileRow>> rows) {
        List<FileRow> sample = new ArrayList<>();
        Iterator<FileRow> first = firstRows(plan, rows);
        int shown = 0;
        while (first.hasNext() && sample.size() < SAMPLE_ROWS && shown < MOST_SHOWN) {
            FileRow row = first.next();
            shown += PackedCells.length(row.cells());
            sample.add(new FileRow(row.number(), PackedCells.of(row.cells())));
        }
        return sample;
    }

    private static Iterator<FileRow> firstRows(Plan plan, Function<Block, Iterator<FileRow>> rows) {
        return rows.apply(plan.readable().get(0));
    }
}
