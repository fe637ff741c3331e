package dev.importonce.source;

import dev.importonce.problem.ProblemException;
import dev.importonce.source.block.BlockStore;
import dev.importonce.source.block.Deposit;
import dev.importonce.source.block.Plan;
import dev.importonce.source.block.Reading;
import dev.importonce.source.csv.CsvPlanner;
import dev.importonce.source.csv.Cutting;
import dev.importonce.source.csv.OddCsv;
import dev.importonce.source.detect.Decoded;
import dev.importonce.source.detect.Encodings;
import dev.importonce.source.detect.Evidence;
import dev.importonce.source.detect.Unicode;
import dev.importonce.source.format.Format;
import dev.importonce.source.format.NotPlain;
import dev.importonce.source.table.HeadedTable;
import dev.importonce.source.table.TableWriter;
import dev.importonce.source.tree.JsonTable;
import dev.importonce.source.xlsx.Spills;
import dev.importonce.source.xlsx.Workbook;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * Makes the rendition of bytes that cannot be read as they are stored: the same records as UTF-8 CSV, in blocks. Of plain
 * CSV in another character set only the encoding changes; for any other kind of table new CSV is written, in which each
 * record begins with its number.
 */
@ApplicationScoped
public class Renderer {
    private static final int BUFFER_BYTES = 128 * 1024;

    private final BlockStore store;
    private final SourceConfig config;
    private final Spills spills;

    public Renderer(BlockStore store, SourceConfig config, Spills spills) {
        this.store = store;
        this.config = config;
        this.spills = spills;
    }

    /**
     * Reads all bytes, as they are stored if that is possible.
     *
     * @param readings begins a reading; some files have to be read twice
     * @param asked the format for which a rendition is made
     * @param first the format of the first attempt; CSV may have to be read in another way
     * @param markLength bytes of the UTF-8 byte order mark that they begin with, or 0
     * @throws ProblemException when the bytes do not have the format; nothing is kept then
     */
    public Planned read(UUID userId, Supplier<Reading> readings, Format asked, Format first, int markLength) {
        Format format = first;
        while (true)
            try {
                return format.isDirect()
                        ? new Planned(asked, plan(readings.get(), format, markLength), null)
                        : render(userId, readings, asked, format);
            } catch (NotPlain e) {
                format = e.as(asked);
            }
    }

    private Planned render(UUID userId, Supplier<Reading> readings, Format asked, Format format) {
        Deposit deposit = new Deposit(store, userId);
        boolean whole = false;
        try {
            Plan plan = format.isPlain()
                    ? csv(readings.get(), format, deposit)
                    : format.isCsv()
                            ? odd(readings.get(), format, asked.escape() != null, deposit)
                            : table(readings, format, deposit);
            Planned planned = new Planned(asked, plan, deposit.finish());
            whole = true;
            return planned;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            if (!whole) deposit.discard();
        }
    }

    /** The names of a workbook's sheets, in its order. */
    List<String> sheets(Reading reading, Format format) {
        return Workbook.sheets(unpacked(reading, format), reading, spills);
    }

    /** The plan of bytes that can be read as they are stored. */
    private Plan plan(Reading reading, Format format, int markLength) {
        CsvPlanner planner = new CsvPlanner(format, markLength, config.chunkRows());
        feed(reading, format, planner::feed);
        return planner.finish();
    }

    /** The evidence for the encoding of a text, by all its bytes. */
    Evidence evidence(Reading reading, Format format) {
        Evidence evidence = new Evidence();
        feed(reading, format, evidence::take);
        return evidence.end();
    }

    private void feed(Reading reading, Format format, Bytes to) {
        try (InputStream in = unpacked(reading, format)) {
            byte[] buffer = new byte[BUFFER_BYTES];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) to.take(buffer, 0, read);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Plan csv(Reading reading, Format format, Deposit deposit) throws IOException {
        Cutting cutting = new Cutting(deposit, new CsvPlanner(format, 0, config.chunkRows()));
        try (Reader text = text(reading, format)) {
            CharBuffer chars = CharBuffer.allocate(BUFFER_BYTES);
            while (text.read(chars) >= 0 && cutting.refusal() == null) {
                ByteBuffer utf8 = StandardCharsets.UTF_8.encode(chars.flip());
                cutting.feed(utf8.array(), utf8.limit());
                chars.clear();
            }
        }
        Plan plan = cutting.finish();
        if (plan == null) throw cutting.refusal();
        return plan;
    }

    private Plan odd(Reading reading, Format format, boolean told, Deposit deposit) throws IOException {
        HeadedTable table = new HeadedTable(writer(deposit), format, false);
        try (Reader text = text(reading, format)) {
            OddCsv csv = new OddCsv(text, format, told);
            while (csv.next())
                if (csv.isTooLong()) table.tooLong(csv.number(), csv.cells().get(0));
                else if (csv.fault() == null) table.row(csv.number(), csv.cells());
                else table.fault(csv.number(), csv.fault(), csv.cells());
        }
        boolean guessed = format.escape() != null && !told;
        return table.finish(format.asRows(), guessed ? List.of(OddCsv.escapeGuessed()) : List.of());
    }

    private TableWriter writer(Deposit deposit) {
        return new TableWriter(
                deposit, config.chunkRows(), config.maxFileBytes().asLongValue());
    }

    private Plan table(Supplier<Reading> readings, Format format, Deposit deposit) throws IOException {
        TableWriter table = writer(deposit);
        if (format.hasNamesInRows()) return JsonTable.read(() -> text(readings.get(), format), format, table);
        Reading reading = readings.get();
        return Workbook.read(unpacked(reading, format), reading, format, table, spills);
    }

    private Reader text(Reading reading, Format format) throws IOException {
        InputStream in = unpacked(reading, format);
        PushbackInputStream start = new PushbackInputStream(in, Unicode.MARK_BYTES);
        byte[] first = start.readNBytes(Unicode.MARK_BYTES);
        int mark = Encodings.markLength(first, format.charset());
        start.unread(first, mark, first.length - mark);
        return new Decoded(start, format.charset(), mark);
    }

    private InputStream unpacked(Reading reading, Format format) {
        try {
            return format.isGzip() ? GzipMembers.unpack(reading) : reading.open();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Consumes bytes as they arrive. */
    private interface Bytes {
        void take(byte[] bytes, int from, int to);
    }
}
