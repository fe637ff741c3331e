package dev.importonce.send;

import dev.importonce.postgres.Row;
import java.time.Instant;
import java.util.UUID;

/** An item of the send queue, to be read. */
record SendItem(
        UUID id,
        UUID orgId,
        String campaignId,
        String prospectId,
        int step,
        String channel,
        String body,
        SendStatus status,
        int attempts,
        String error,
        Instant scheduledFor,
        Instant createdAt,
        Instant updatedAt,
        Instant sentAt) {

    static SendItem of(Row row) {
        return new SendItem(
                row.uuid("id"),
                row.uuid("org_id"),
                row.text("campaign_id"),
                row.text("prospect_id"),
                row.integer("step"),
                row.text("channel"),
                row.text("body"),
                SendStatus.parse(row.text("status")),
                row.integer("attempts"),
                row.text("last_error"),
                row.instant("scheduled_for"),
                row.instant("created_at"),
                row.instant("updated_at"),
                row.instant("sent_at"));
    }
}
