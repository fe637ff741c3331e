package dev.importonce.target.merge;

import java.util.UUID;

/**
 * A share of the natural keys of a job.
 *
 * @param jobId the job
 * @param userId its user
 * @param ordinal which of the job's shares
 * @param orgId the organisation for which the job imports
 */
public record Share(UUID jobId, UUID userId, int ordinal, UUID orgId) {}
