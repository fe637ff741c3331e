package dev.importonce.job.submit;

import dev.importonce.identity.Caller;
import dev.importonce.job.mapping.Mapping;
import dev.importonce.source.ImportFile;
import java.util.UUID;

/**
 * One request to import, read and checked.
 *
 * @param fileName as the job shows it; null: as the source is named
 * @param clientKey the Idempotency-Key header, or null
 * @param retryOf the job that this one retries, or null
 */
record Submission(Caller caller, Mapping mapping, ImportFile file, String fileName, String clientKey, UUID retryOf) {}
