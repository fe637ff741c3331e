package dev.importonce.key;

import java.util.UUID;

/**
 * The unique name of one job.
 *
 * @param value the base key, {@code _}, and the job's UUIDv7, which carries the time
 */
public record IdempotencyKey(String value) {
    /** The key of that job. */
    public static IdempotencyKey of(BaseKey base, UUID jobId) {
        return new IdempotencyKey(base.value() + "_" + jobId);
    }
}
