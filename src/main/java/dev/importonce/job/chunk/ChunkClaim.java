package dev.importonce.job.chunk;

import dev.importonce.queue.Claim;
import dev.importonce.queue.Deaths;
import dev.importonce.source.block.Block;
import java.time.Duration;
import java.util.UUID;

/**
 * A chunk that this worker holds until its lease expires, with the data that its work needs.
 *
 * @param token proof that this worker still holds the claim; every write checks it
 * @param attempts number of claims so far, including this one
 * @param deaths those of these claims that were never settled
 * @param waited how long it had been due
 * @param jobStarted whether the job had begun before this claim
 * @param mapping JSON; parsed during the work, not by the claim, so that a mapping that cannot be read fails the job, not
 *     the worker
 * @param format JSON; parsed like the mapping
 * @param traceparent of the request that submitted the job, or null
 */
public record ChunkClaim(
        UUID jobId,
        UUID userId,
        Step step,
        int ordinal,
        long token,
        int attempts,
        Deaths deaths,
        Duration waited,
        boolean jobStarted,
        UUID orgId,
        String mapping,
        String format,
        int blocks,
        int shares,
        UUID uploadId,
        long byteOffset,
        int byteLength,
        long firstRow,
        int rowCount,
        String traceparent)
        implements Claim {

    /** The kind of work of a chunk. */
    public enum Step {
        READING,
        MERGING,
        /** Undoes a share; the job itself is completed. */
        UNDOING;

        public String word() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    /** The block to read. */
    Block block() {
        return new Block(ordinal, byteOffset, byteLength, byteOffset, firstRow, rowCount);
    }

    @Override
    public UUID subject() {
        return jobId;
    }

    @Override
    public String toString() {
        return "job " + jobId + " " + step.word() + " " + ordinal;
    }
}
