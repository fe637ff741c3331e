package dev.importonce.job.chunk;

import dev.importonce.queue.Claim;
import dev.importonce.queue.Deaths;
import dev.importonce.source.block.Block;
import java.time.Duration;
import java.util.UUID;

/**
 * A chunk that is ours until its lease runs out, with what is needed to work it.
 *
 * @param token proof that it is still ours: every write checks it
 * @param attempts claims so far, this one included
 * @param deaths those of them that were never settled
 * @param waited how long it had been due
 * @param jobStarted whether the job had begun before this claim
 * @param mapping JSON; read by the work, not by the claim: what cannot be read fails the job, not its worker
 * @param format JSON, the same
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
        int rowCount)
        implements Claim {

    /** What a chunk does. */
    public enum Step {
        READING,
        MERGING,
        /** Of a job that is completed. */
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
