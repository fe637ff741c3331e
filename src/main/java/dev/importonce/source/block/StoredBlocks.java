package dev.importonce.source.block;

import java.util.List;
import java.util.UUID;

/**
 * Blocks of a file that was received completely, and is not a source yet.
 *
 * @param uploadId the upload that has the blocks, or will have them
 * @param stored whether the blocks are in the database already; if not, {@code payloads} has their bytes
 */
public record StoredBlocks(UUID userId, UUID uploadId, List<Block> blocks, List<byte[]> payloads, boolean stored) {}
