package dev.importonce.webhook;

import dev.importonce.paging.NewestFirst;
import dev.importonce.paging.TimeCursor;
import dev.importonce.postgres.Reads;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
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
        String condition = state == null ? "1 = 1" : "state = :state";
        Map<String, Object> parameters = state == null ? Map.of() : Map.of("state", state.word());
        return reads.of(() -> NewestFirst.find(this, condition, parameters, after, limit)
                .project(DeliveryRow.class)
                .list());
    }
}
