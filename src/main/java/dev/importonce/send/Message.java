package dev.importonce.send;

import java.time.Duration;
import java.util.UUID;

/**
 * A claimed item of the queue.
 *
 * @param token proof that it is ours
 * @param attempts so far, this one included
 * @param waited how long it had been due
 * @param inDoubt whether an earlier attempt may have sent it: its worker died before it could say
 */
record Message(
        UUID id,
        UUID orgId,
        String campaignId,
        String prospectId,
        int step,
        String channel,
        String body,
        long token,
        int attempts,
        Duration waited,
        boolean inDoubt) {
    @Override
    public String toString() {
        return "message " + id;
    }
}
