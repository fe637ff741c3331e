package dev.importonce.source;

import java.util.List;

/**
 * How a source is read: in which format, under which header, in which blocks.
 *
 * @param header column names, trimmed, in NFC, in file order
 * @param blocks in file order, every byte of the source in exactly one
 */
public record Plan(Format format, List<String> header, List<Block> blocks) {
    /** Data rows in all blocks. */
    public long rowCount() {
        return blocks.stream().mapToLong(Block::rowCount).sum();
    }

    /** The blocks that have records; the others hold blank lines only. */
    public List<Block> readable() {
        return blocks.stream().filter(block -> block.rowCount() > 0).toList();
    }
}
