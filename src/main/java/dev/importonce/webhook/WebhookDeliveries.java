package dev.importonce.webhook;

import dev.importonce.paging.TimeCursor;
import dev.importonce.postgres.Reads;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Reads how far deliveries are, of everybody's events. */
@ApplicationScoped
class WebhookDeliveries implements PanacheRepositoryBase<WebhookDelivery, UUID> {
    private final Reads reads;

    WebhookDeliveries(Reads reads) {
        this.reads = reads;
    }

    Optional<DeliveryRow> of(UUID id) {
        return reads.of(() -> find("id = ?1", id).project(DeliveryRow.class).firstResultOptional());
    }

    /** Newest first, after a position; null parameters do not restrict the list. */
    List<DeliveryRow> newest(DeliveryState state, TimeCursor after, int limit) {
        Map<String, Object> with = new HashMap<>();
        String query = "1 = 1";
        if (state != null) {
            query += " and state = :state";
            with.put("state", state.word());
        }
        if (after != null) {
            query += " and (createdAt < :time or createdAt = :time and id < :id)";
            with.put("time", after.createdAt());
            with.put("id", after.id());
        }
        String newestFirst = query + " order by createdAt desc, id desc";
        return reads.of(() -> find(newestFirst, with)
                .range(0, limit - 1)
                .project(DeliveryRow.class)
                .list());
    }
}
