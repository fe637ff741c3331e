package dev.importonce.source.block;

/**
 * A run of whole records of a source.
 *
 * @param ordinal from 0, in file order
 * @param byteOffset where its bytes begin in the source; the first block begins at 0, before the header
 * @param byteLength how many bytes it has, more than 0
 * @param recordsOffset where its first record begins in the source
 * @param firstRow number of its first record: the header is row 1, blank lines do not count
 * @param rowCount its records; 0 only where the file has none
 */
public record Block(int ordinal, long byteOffset, int byteLength, long recordsOffset, long firstRow, int rowCount) {
    /** Of a record, so that a block can always be read as a whole. */
    public static final int MAX_RECORD_BYTES = 1 << 20;

    /** Where the byte after its last one is. */
    public long end() {
        return byteOffset + byteLength;
    }

    /** Bytes that hold records. */
    public int recordsLength() {
        return (int) (end() - recordsOffset);
    }
}
