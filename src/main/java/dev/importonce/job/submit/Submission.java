package dev.importonce.job.submit;

import dev.importonce.identity.Caller;
import dev.importonce.job.mapping.Mapping;
import dev.importonce.source.ImportFile;
import java.util.UUID;

/**
 * One request to import, parsed and checked.
 *
 * @param fileName the name that the job shows; null: the source's name
 * @param clientKey the Idempotency-Key header, or null
 * @param retryOf the job that this one retries, or null
 */
record Submission(Caller caller, Mapping mapping, ImportFile file, String fileName, String clientKey, UUID retryOf) {}
