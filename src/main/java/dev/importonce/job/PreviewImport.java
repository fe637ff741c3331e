package dev.importonce.job;

import dev.importonce.key.Ids;
import dev.importonce.load.BulkUpsert;
import dev.importonce.load.Comparison;
import dev.importonce.load.Layout;
import dev.importonce.load.MergeRules;
import dev.importonce.load.Reject;
import dev.importonce.load.RowMapper;
import dev.importonce.load.Staging;
import dev.importonce.load.Suggestion;
import dev.importonce.load.Target;
import dev.importonce.postgres.Sql;
import dev.importonce.source.Block;
import dev.importonce.source.FileRow;
import dev.importonce.source.Plan;
import io.quarkus.arc.All;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * Says what an import would do by doing it up to the write: the rows are read and staged as a job does it, compared as its
 * merge does it, and the transaction is rolled back.
 */
@ApplicationScoped
class PreviewImport {
    private static final int SAMPLE_ROWS = 10;
    private static final int MOST_REJECTS = 100;
    private static final int MOST_SECONDS = 600;

    private static final String FOR_SORTING =
            "select set_config('work_mem', '64MB', true), set_config('enable_seqscan', 'off', true)";

    private final List<Target> targets;
    private final BulkUpsert upsert;
    private final Sql sql;

    PreviewImport(@All List<Target> targets, BulkUpsert upsert, Sql sql) {
        this.targets = targets;
        this.upsert = upsert;
        this.sql = sql;
    }

    /**
     * Previews one file.
     *
     * @param mapping null, or one that maps nothing: only what the file has
     * @param rows reads a block of the plan
     */
    Preview of(Mapping mapping, UUID userId, Plan plan, Function<Block, Iterator<FileRow>> rows) {
        boolean maps = mapping != null && mapping.maps();
        List<List<String>> sample = sample(plan, rows);
        List<Guess> guesses = targets.stream()
                .filter(candidate -> !maps || candidate.name().equals(mapping.target()))
                .map(candidate -> new Guess(candidate, Suggestion.of(candidate, plan.header(), sample)))
                .sorted(Comparator.comparingLong(Guess::missing)
                        .thenComparing(candidate -> candidate.target().name()))
                .toList();
        List<Preview.Suggested> suggested = guesses.stream().map(Guess::view).toList();
        if (!maps) return new Preview(plan.format(), plan.header(), sample, suggested.get(0), suggested, null, null);
        Target target = guesses.get(0).target();
        Rehearsal rehearsal = new Rehearsal(target, Columns.layout(mapping, plan.header()), userId);
        Comparison comparison = rehearse(rehearsal, plan, rows, mapping);
        return new Preview(
                plan.format(),
                plan.header(),
                sample,
                suggested.get(0),
                suggested,
                rehearsal.summary(mapping, comparison),
                rehearsal.rejects);
    }

    private Comparison rehearse(
            Rehearsal rehearsal, Plan plan, Function<Block, Iterator<FileRow>> rows, Mapping mapping) {
        QuarkusTransaction.begin(QuarkusTransaction.beginOptions().timeout(MOST_SECONDS));
        try {
            sql.one(FOR_SORTING, row -> row);
            for (Block block : plan.readable()) rehearsal.stage(block, rows.apply(block));
            return rehearsal.compare(mapping, Columns.rules(mapping, rehearsal.target, rehearsal.layout));
        } finally {
            QuarkusTransaction.rollback();
        }
    }

    private static List<List<String>> sample(Plan plan, Function<Block, Iterator<FileRow>> rows) {
        List<List<String>> sample = new ArrayList<>();
        Iterator<FileRow> first = rows.apply(plan.readable().get(0));
        while (first.hasNext() && sample.size() < SAMPLE_ROWS)
            sample.add(first.next().cells());
        return sample;
    }

    /** A target that may be meant, and which columns look like its fields. */
    private record Guess(Target target, Map<String, String> fields) {
        /** How many fields it must have that no column looks like: the fewer, the likelier it is meant. */
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

    /** A job that never was. */
    private final class Rehearsal {
        private final Target target;
        private final Layout layout;
        private final RowMapper mapper;
        private final UUID userId;
        private final UUID jobId = Ids.next();
        private final List<Reject> rejects = new ArrayList<>();
        private long totalRows;
        private long rejected;

        Rehearsal(Target target, Layout layout, UUID userId) {
            this.target = target;
            this.layout = layout;
            this.mapper = new RowMapper(target, layout, userId);
            this.userId = userId;
        }

        void stage(Block block, Iterator<FileRow> rows) {
            Staging staging = new Staging(target, mapper, 1);
            rows.forEachRemaining(row -> staging.add(row.number(), row.cells()));
            upsert.stage(target, staging, jobId, userId, block.ordinal());
            totalRows += staging.rows();
            rejected += staging.rejects().size();
            staging.rejects().stream().limit(MOST_REJECTS - rejects.size()).forEach(rejects::add);
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
