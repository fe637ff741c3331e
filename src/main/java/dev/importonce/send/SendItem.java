package dev.importonce.send;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.annotations.Immutable;

/** An item of the send queue, to be read; nothing is ever written through it. */
@Entity
@Immutable
@Table(name = "send_queue")
class SendItem extends PanacheEntityBase {
    @Id
    UUID id;

    @Column(name = "org_id")
    UUID orgId;

    @Column(name = "campaign_id")
    String campaignId;

    @Column(name = "prospect_id")
    String prospectId;

    int step;
    String channel;
    String body;
    String status;

    @Column(name = "scheduled_for")
    Instant scheduledFor;

    int attempts;

    @Column(name = "last_error")
    String lastError;

    @Column(name = "created_at")
    Instant createdAt;

    @Column(name = "updated_at")
    Instant updatedAt;

    @Column(name = "sent_at")
    Instant sentAt;

    static Optional<SendItem> find(UUID orgId, UUID id) {
        // Items are written past Hibernate: what it remembers from earlier in the request may be old.
        getEntityManager().clear();
        return find("id = ?1 and orgId = ?2", id, orgId).firstResultOptional();
    }

    /** Newest first, from behind an id on; status and campaign only where they are given. Ids are in the order of time. */
    static List<SendItem> newest(UUID orgId, SendStatus status, String campaignId, UUID after, int limit) {
        StringBuilder where = new StringBuilder("orgId = :org");
        Map<String, Object> parameters = new HashMap<>(Map.of("org", orgId));
        if (status != null) {
            where.append(" and status = :status");
            // The index of what is not sent yet is used where the statement itself says so.
            if (status != SendStatus.SENT) where.append(" and sentAt is null");
            parameters.put("status", status.word());
        }
        if (campaignId != null) {
            where.append(" and campaignId = :campaign");
            parameters.put("campaign", campaignId);
        }
        if (after != null) {
            where.append(" and id < :after");
            parameters.put("after", after);
        }
        return find(where + " order by id desc", parameters).page(0, limit).list();
    }
}
