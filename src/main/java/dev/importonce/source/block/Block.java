package dev.importonce.source.block;

/**
 * A run of whole records of a source.
 *
 * @param ordinal from 0, in file order
 * @param byteOffset offset of its first byte in the source; the first block begins at 0, before the header
 * @param byteLength number of its bytes, more than 0
 * @param recordsOffset offset of its first record in the source
 * @param firstRow number of its first record: the header is row 1, blank lines do not count
 * @param rowCount number of its records; 0 only if the file has none
 */
public record Block(int ordinal, long byteOffset, int byteLength, long recordsOffset, long firstRow, int rowCount) {
    /** Limit for a record, so that a block always fits into memory. */
    public static final int MAX_RECORD_BYTES = 1 << 20;

    /** Offset of the byte after its last one. */
    public long end() {
        return byteOffset + byteLength;
    }

    /** Number of bytes that hold records. */
    public int recordsLength() {
        return (int) (end() - recordsOffset);
    }
}
