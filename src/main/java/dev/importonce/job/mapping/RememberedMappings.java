package dev.importonce.job.mapping;

import dev.importonce.identity.Caller;
import dev.importonce.json.StrictJson;
import dev.importonce.postgres.Row;
import dev.importonce.postgres.Sql;
import dev.importonce.problem.ProblemException;
import dev.importonce.source.block.Plan;
import dev.importonce.target.declare.Owner;
import dev.importonce.target.declare.Target;
import dev.importonce.target.declare.TargetLookup;
import dev.importonce.target.merge.Layout;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * The mapping that each organisation used last for the same columns and target; where the target's rows belong to users or
 * to nobody, that of the user. Not kept: {@code format}, since the columns are known only after the file is read in a
 * format, and {@code orgId}, which is the place where it is kept.
 */
@ApplicationScoped
public class RememberedMappings {
    /** Maximum number of mappings of an organisation. Each has at most {@link MappingReader#MAX_BYTES} bytes. */
    static final int MOST = 200;

    /**
     * If two jobs complete at once, the second one waits here until the first one commits, and then wins. Its time is
     * therefore that of the update, not that of its transaction's begin.
     */
    private static final String KEEP = """
            insert into remembered_mappings as r (org_id, columns_sha256, target, mapping, used_at)
            values (?, ?, ?, ?::jsonb - '{format,orgId}'::text[], clock_timestamp())
            on conflict (org_id, columns_sha256, target)
            do update set mapping = excluded.mapping, used_at = clock_timestamp()
            """;

    /**
     * The oldest ones. Those that another transaction holds are being used at this moment; waiting for them could end in a
     * deadlock.
     */
    private static final String FORGET_SURPLUS = """
            with own as materialized (
                select columns_sha256, target, used_at from remembered_mappings where org_id = ?
            ), surplus as materialized (
                select r.columns_sha256, r.target
                from remembered_mappings r
                join (select columns_sha256, target from own order by used_at desc offset ?) o using (columns_sha256, target)
                where r.org_id = ?
                for update of r skip locked
            )
            delete from remembered_mappings d
            using surplus s
            where d.org_id = ? and d.columns_sha256 = s.columns_sha256 and d.target = s.target
            """;

    private static final String OF_COLUMNS = """
            select target, mapping::text as mapping, used_at
            from remembered_mappings
            where org_id = ? and columns_sha256 = ?
            """;

    private final Sql sql;
    private final JobColumns columns;
    private final MappingReader reader;
    private final TargetLookup targets;

    RememberedMappings(Sql sql, JobColumns columns, MappingReader reader, TargetLookup targets) {
        this.sql = sql;
        this.columns = columns;
        this.reader = reader;
        this.targets = targets;
    }

    /**
     * Keeps the mapping of a job, in the transaction that completes the job.
     *
     * @param target with the declaration of the job
     * @param mapping resolved, as JSON
     */
    public void keep(UUID userId, UUID jobId, UUID orgId, Target target, String mapping) {
        UUID owner = owner(target, orgId, userId);
        byte[] hash = Columns.hash(columns.of(userId, jobId)).bytes();
        sql.update(KEEP, owner, hash, target.name(), mapping);
        sql.update(FORGET_SURPLUS, owner, MOST, owner, owner);
    }

    /**
     * By target, the mappings that were used for a file's columns, the last used first; they have the file's spelling of the
     * columns. Without those that cannot be used any more, because their target is not as it was, or that the caller may
     * not use.
     */
    public Map<String, Mapping> of(Caller caller, UUID orgId, Plan plan) {
        byte[] hash = Columns.hash(plan.header()).bytes();
        List<Remembered> all = new ArrayList<>();
        for (UUID owner : new LinkedHashSet<>(List.of(orgId, caller.user())))
            sql.list(OF_COLUMNS, row -> Remembered.of(row, owner), owner, hash).stream()
                    .filter(each -> targets.find(each.target())
                            .filter(target ->
                                    owner(target, orgId, caller.user()).equals(each.owner()))
                            .isPresent())
                    .forEach(all::add);
        all.sort(Comparator.comparing(Remembered::usedAt).reversed());
        Map<String, Mapping> usable = new LinkedHashMap<>();
        for (Remembered each : all)
            usable(caller, each.mapping(), plan).ifPresent(mapping -> usable.put(each.target(), mapping));
        return usable;
    }

    /** Checks it as if the caller had sent it. */
    private Optional<Mapping> usable(Caller caller, String json, Plan plan) {
        try {
            Mapping mapping =
                    reader.read(caller, StrictJson.parse("mapping", json.getBytes(StandardCharsets.UTF_8)), true);
            Layout layout = Columns.layout(mapping, plan);
            return Optional.of(
                    mapping.spelt(field -> plan.header().get(layout.fields().get(field))));
        } catch (ProblemException e) {
            return Optional.empty();
        }
    }

    private static UUID owner(Target target, UUID orgId, UUID userId) {
        if (!target.isDeclared()) return orgId;
        Owner owner = target.declaration().owner();
        return owner != null && owner.kind() == Owner.Kind.ORGANISATION ? orgId : userId;
    }

    private record Remembered(UUID owner, String target, String mapping, Instant usedAt) {
        static Remembered of(Row row, UUID owner) {
            return new Remembered(owner, row.text("target"), row.text("mapping"), row.instant("used_at"));
        }
    }
}
