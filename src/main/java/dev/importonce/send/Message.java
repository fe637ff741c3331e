package dev.importonce.send;

import java.time.Duration;
import java.util.UUID;

/**
 * A claimed item of the queue.
 *
 * @param token proof that this worker holds the claim
 * @param attempts number of attempts so far, including this one
 * @param waited how long it had been due
 * @param inDoubt whether an earlier attempt may have sent the message: its worker crashed before it could write the outcome
 * @param traceparent of the request that enqueued the message, or null
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
        boolean inDoubt,
        String traceparent) {
    @Override
    public String toString() {
        return "message " + id;
    }
}
