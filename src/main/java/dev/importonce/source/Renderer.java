package dev.importonce.source;

import dev.importonce.problem.ProblemException;
import dev.importonce.source.detect.Evidence;
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

/**
 * Makes the rendition of bytes that cannot be read where they lie: the same records as UTF-8 CSV, in blocks. CSV in another
 * character set stays as it is otherwise; a table of another kind is written anew, each record led by its number.
 */
@ApplicationScoped
class Renderer {
    private static final int BUFFER_BYTES = 128 * 1024;

    private final BlockStore store;
    private final SourceConfig config;
    private final Spills spills;

    Renderer(BlockStore store, SourceConfig config, Spills spills) {
        this.store = store;
        this.config = config;
        this.spills = spills;
    }

    /**
     * Reads all bytes.
     *
     * @throws ProblemException when they are not what the format says; nothing is kept then
     */
    Planned render(UUID userId, Reading reading, Format format) {
        Deposit deposit = new Deposit(store, userId);
        boolean whole = false;
        try {
            Plan plan = format.isCsv() ? csv(reading, format, deposit) : table(reading, format, deposit);
            Planned planned = new Planned(format, plan, deposit.finish());
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

    /** The plan of bytes that can be read where they lie. */
    Plan plan(Reading reading, Format format, int markLength) {
        CsvPlanner planner = new CsvPlanner(format, markLength, config.chunkRows());
        feed(reading, format, planner::feed);
        return planner.finish();
    }

    /** What all the bytes of a text tell of its encoding. */
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

    private Plan table(Reading reading, Format format, Deposit deposit) throws IOException {
        TableWriter table = new TableWriter(
                deposit, config.chunkRows(), config.maxFileBytes().asLongValue());
        if (format.type().equals(Format.XLSX))
            return Workbook.read(unpacked(reading, format), reading, format, table, spills);
        try (Reader text = text(reading, format)) {
            return table.finish(format, JsonTable.read(text, format.type().equals(Format.NDJSON), table));
        }
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

    /** What takes bytes as they come. */
    private interface Bytes {
        void take(byte[] bytes, int from, int to);
    }
}
