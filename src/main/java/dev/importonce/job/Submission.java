package dev.importonce.job;

import dev.importonce.identity.Caller;
import dev.importonce.key.Sha256;
import dev.importonce.source.Source;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * One request to import, read and checked.
 *
 * @param fileName as the caller names the file; null: as the source names it
 * @param file hash of its bytes
 * @param source seals or finds the source, with the plan in the mapping's format, inside the submitting transaction; only called when a job may need it
 * @param discard removes what was received when no job needs it
 * @param clientKey the Idempotency-Key header, or null
 * @param retryOf the job that this one retries, or null
 */
record Submission(
        Caller caller,
        Mapping mapping,
        String fileName,
        Sha256 file,
        Supplier<Source> source,
        Runnable discard,
        String clientKey,
        UUID retryOf) {}
