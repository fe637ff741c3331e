package dev.importonce.source;

import de.siegmar.fastcsv.writer.CsvWriter;
import dev.importonce.problem.ProblemException;
import dev.importonce.problem.ProblemType;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes the rendition of a table: UTF-8 CSV without a header, each record led by its number in the file. A record may be
 * shorter than the header; what it lacks is blank. Memory: one block.
 */
final class TableWriter {
    private static final int BLOCK_CHARS = 1 << 20;

    private final Deposit deposit;
    private final int mostRows;
    private final long limit;
    private final StringWriter text = new StringWriter();
    private final CsvWriter csv = CsvWriter.builder().bufferSize(0).build(text);
    private final List<String> record = new ArrayList<>();
    private final List<Block> blocks = new ArrayList<>();
    private int blockRows;
    private long bytesOfNames;
    private long bytes;
    private long firstRow;
    private int rows;

    /** @param limit most bytes to write */
    TableWriter(Deposit deposit, int blockRows, long limit) {
        this.deposit = deposit;
        this.mostRows = blockRows;
        this.blockRows = blockRows;
        this.limit = limit;
    }

    /** Learns the name of a column, before the first record that has a cell there. */
    void name(String name) {
        bytesOfNames += Header.bytesInJson(name);
        blockRows = Header.mostRows(mostRows, bytesOfNames);
    }

    /** Adds a record. */
    void row(long number, List<String> cells) {
        if (rows++ == 0) firstRow = number;
        int start = text.getBuffer().length();
        record.clear();
        record.add(Long.toString(number));
        record.addAll(cells);
        csv.writeRecord(record);
        int end = text.getBuffer().length();
        if (end - start > CsvPlanner.MAX_RECORD_BYTES) throw tooLong(number);
        if (rows >= blockRows || end >= BLOCK_CHARS) endBlock();
    }

    /** Ends the table. */
    Plan finish(Format format, List<String> names) {
        if (rows > 0) endBlock();
        List<String> header = Header.of(names);
        if (header.isEmpty())
            throw new ProblemException(ProblemType.EMPTY_FILE, "The file has no data. Choose another file.");
        if (blocks.isEmpty())
            throw new ProblemException(
                    ProblemType.NO_DATA_ROWS,
                    "The file has a header but no rows below it. Add rows, or choose another file.");
        return new Plan(format, header, List.copyOf(blocks), null);
    }

    /** The refusal of a record that is too long. */
    static ProblemException tooLong(long number) {
        return new ProblemException(
                ProblemType.UNREADABLE_FILE,
                "Row " + number + " is longer than " + CsvPlanner.MAX_RECORD_BYTES + " bytes. Is this a table?");
    }

    private void endBlock() {
        byte[] payload = Utf8.of(text.toString());
        text.getBuffer().setLength(0);
        Block block = new Block(blocks.size(), bytes, payload.length, bytes, firstRow, rows);
        blocks.add(block);
        deposit.add(block, payload);
        bytes += payload.length;
        rows = 0;
        if (bytes > limit)
            throw new ProblemException(
                    ProblemType.TOO_LARGE,
                    "The table is larger than " + limit + " bytes. Split it, or raise IMPORTONCE_MAX_FILE_BYTES.");
    }
}
