package dev.importonce.send;

import dev.importonce.postgres.Reads;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Reads an organisation's items of the send queue. */
@ApplicationScoped
class SendItems implements PanacheRepositoryBase<QueuedMessage, UUID> {
    private final Reads reads;

    SendItems(Reads reads) {
        this.reads = reads;
    }

    Optional<SendItem> ofOrganisation(UUID orgId, UUID id) {
        return reads.of(() -> find("id = ?1 and orgId = ?2", id, orgId)
                .project(SendItem.class)
                .firstResultOptional());
    }

    /** Newest first, after an id; null parameters do not restrict the list. Ids are in the order of time. */
    List<SendItem> newest(UUID orgId, SendStatus status, String campaignId, UUID after, int limit) {
        Map<String, Object> with = new HashMap<>(Map.of("orgId", orgId));
        String query = "orgId = :orgId";
        if (status != null) {
            // PostgreSQL uses the partial index on unsent messages only if the statement has the index's condition.
            query += " and status = :status" + (status == SendStatus.SENT ? "" : " and sentAt is null");
            with.put("status", status);
        }
        if (campaignId != null) {
            query += " and campaignId = :campaignId";
            with.put("campaignId", campaignId);
        }
        if (after != null) {
            query += " and id < :after";
            with.put("after", after);
        }
        String newestFirst = query + " order by id desc";
        return reads.of(() -> find(newestFirst, with)
                .range(0, limit - 1)
                .project(SendItem.class)
                .list());
    }
}
