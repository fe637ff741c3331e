package dev.importonce.source;

import dev.importonce.key.Sha256;
import java.util.List;
import java.util.UUID;

/**
 * Bytes that arrived whole, hashed and planned, but not yet sealed as a source.
 *
 * @param uploadId where its blocks are, or will be
 * @param stored whether the blocks already are in the database; if not, {@code payloads} has them
 * @param payloads the bytes of each block of a file small enough to be stored in one go
 */
public record Received(
        UUID userId,
        UUID uploadId,
        String fileName,
        Sha256 sha256,
        long bytes,
        Plan plan,
        boolean stored,
        List<byte[]> payloads) {}
