package dev.importonce.source.block;

import dev.importonce.source.format.Format;
import dev.importonce.source.format.Notice;
import java.util.List;
import java.util.UUID;

/**
 * How a source is read: its format, its header and its blocks.
 *
 * @param header column names, trimmed, in NFC, in file order
 * @param blocks in file order
 * @param uploadId the upload that has the blocks; null while that is not decided
 * @param notices facts about reading the file that its owner may not expect
 */
public record Plan(Format format, List<String> header, List<Block> blocks, UUID uploadId, List<Notice> notices) {
    /** Data rows in all blocks. */
    public long rowCount() {
        return blocks.stream().mapToLong(Block::rowCount).sum();
    }

    /** Number of bytes of all blocks, those of the source or of its rendition. */
    public long bytes() {
        return blocks.stream().mapToLong(Block::byteLength).sum();
    }

    /** The blocks that have records; the others hold blank lines only. */
    public List<Block> readable() {
        return blocks.stream().filter(block -> block.rowCount() > 0).toList();
    }

    public Plan in(UUID upload) {
        return new Plan(format, header, blocks, upload, notices);
    }
}
