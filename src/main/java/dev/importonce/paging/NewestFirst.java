package dev.importonce.paging;

import io.quarkus.hibernate.orm.panache.PanacheQuery;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import java.util.HashMap;
import java.util.Map;

/** Queries of lists that are sorted by time, newest first; their entities have {@code createdAt} and {@code id}. */
public final class NewestFirst {
    private NewestFirst() {}

    /**
     * @param condition what the list has
     * @param parameters those of the condition, by name
     * @param after null: the list begins with the newest
     */
    public static <E> PanacheQuery<E> find(
            PanacheRepositoryBase<E, ?> rows,
            String condition,
            Map<String, Object> parameters,
            TimeCursor after,
            int limit) {
        Map<String, Object> with = new HashMap<>(parameters);
        String query = condition;
        if (after != null) {
            query += " and (createdAt < :time or createdAt = :time and id < :id)";
            with.put("time", after.createdAt());
            with.put("id", after.id());
        }
        return rows.find(query + " order by createdAt desc, id desc", with).range(0, limit - 1);
    }
}
