package dev.importonce.job.undo;

import dev.importonce.job.chunk.ChunkClaim;
import dev.importonce.postgres.Row;
import dev.importonce.postgres.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Before-images of contacts that a version has written which kept them in a table of their own, 500 to a row. They are kept for
 * 30 days, as all are; when no such version runs and the table is empty, it can go, and this class with it.
 */
@ApplicationScoped
class EarlierImages {
    private static final String TAKE = """
            delete from contact_before_images
            where job_id = ? and user_id = ? and share = ?
            returning part, contact_id::text, email::text, before::text, after::text, attributes_before::text, attributes_after::text
            """;

    /**
     * An earlier image has only the values that the import changed; what is null both before and after has not been changed, and is
     * not looked at. A statement of its own, since a distributed database refuses one about a plain and a distributed table.
     */
    private static final String KEEP = """
            insert into target_before_images (job_id, user_id, share, owner_id, n, key, before, after)
            select ?::uuid, ?::uuid, ?::integer, ?::uuid, ?::integer + row_number() over (order by i.email collate "C"),
                   array[i.email, i.contact_id::text],
                   case when i.before is not null then array[i.before ->> 'firstName', i.before ->> 'lastName', i.before ->> 'phone',
                       i.before ->> 'company', i.attributes_before::text] end,
                   array[i.after ->> 'firstName', i.after ->> 'lastName', i.after ->> 'phone', i.after ->> 'company',
                       i.attributes_after::text]
            from unnest(?::uuid[], ?::text[], ?::jsonb[], ?::jsonb[], ?::jsonb[], ?::jsonb[])
                as i (contact_id, email, before, after, attributes_before, attributes_after)
            """;

    private static final String FORGET = "delete from contact_before_images where job_id = ? and user_id = ?";

    private final Sql sql;

    EarlierImages(Sql sql) {
        this.sql = sql;
    }

    /** Makes those of a share images like any others; runs inside the transaction of the share's undo. */
    void move(ChunkClaim claim) {
        List<Part> parts = sql.list(TAKE, Part::of, claim.jobId(), claim.userId(), claim.ordinal()).stream()
                .sorted(Comparator.comparing(Part::number))
                .toList();
        int moved = 0;
        for (Part part : parts) {
            List<Object> args =
                    new ArrayList<>(List.of(claim.jobId(), claim.userId(), claim.ordinal(), claim.orgId(), moved));
            args.addAll(part.arrays());
            moved += sql.update(KEEP, args.toArray());
        }
    }

    /** Deletes those of a job. */
    void forget(UUID jobId, UUID userId) {
        sql.update(FORGET, jobId, userId);
    }

    /**
     * A row of the former table.
     *
     * @param arrays ids, addresses, values before and after, attributes before and after, each as PostgreSQL writes an array
     */
    private record Part(int number, List<String> arrays) {
        static Part of(Row row) {
            return new Part(
                    row.integer("part"),
                    Stream.of("contact_id", "email", "before", "after", "attributes_before", "attributes_after")
                            .map(row::text)
                            .toList());
        }
    }
}
