package dev.importonce.send;

import dev.importonce.postgres.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Reads an organisation's items of the send queue. */
@ApplicationScoped
class SendItems {
    private static final String FIND = "select * from send_queue where id = ? and org_id = ?";

    /** The index of what is not sent yet is used where the statement itself says so. */
    private static final String NEWEST = """
            select *
            from send_queue
            where org_id = ? and (?::text is null or status = ?) and (?::boolean or sent_at is null)
              and (?::text is null or campaign_id = ?) and (?::uuid is null or id < ?)
            order by id desc
            limit ?
            """;

    private final Sql sql;

    SendItems(Sql sql) {
        this.sql = sql;
    }

    Optional<SendItem> find(UUID orgId, UUID id) {
        return sql.first(FIND, SendItem::of, id, orgId);
    }

    /** Newest first, from behind an id on; each only where it is given. Ids are in the order of time. */
    List<SendItem> newest(UUID orgId, SendStatus status, String campaignId, UUID after, int limit) {
        String word = status == null ? null : status.word();
        boolean alsoSent = status == null || status == SendStatus.SENT;
        return sql.list(NEWEST, SendItem::of, orgId, word, word, alsoSent, campaignId, campaignId, after, after, limit);
    }
}
