package dev.importonce.source.block;

import java.util.List;
import java.util.UUID;

/**
 * Blocks that came in whole, not yet part of a source.
 *
 * @param uploadId where they are, or will be
 * @param stored whether they already are in the database; if not, {@code payloads} has their bytes
 */
public record StoredBlocks(UUID userId, UUID uploadId, List<Block> blocks, List<byte[]> payloads, boolean stored) {}
