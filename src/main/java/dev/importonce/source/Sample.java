package dev.importonce.source;

import dev.importonce.problem.ProblemException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The first bytes of a file, and what they give away about the rest.
 *
 * @param bytes at most {@link #BYTES} of them
 */
public record Sample(byte[] bytes) {
    /** How many bytes are looked at. */
    static final int BYTES = 64 * 1024;

    private static final int MOST_UNPACKED = 16 * BYTES;

    private static final Pattern JSON_ARRAY = Pattern.compile("\\s*\\[\\s*[{\\]].*", Pattern.DOTALL);
    private static final Pattern JSON_OBJECT = Pattern.compile("\\s*\\{\\s*[\"}].*", Pattern.DOTALL);

    /** Records by which delimiters are compared. */
    private static final int COMPARED = 50;

    /** What the file is, as far as its sender has not said. */
    Format format(FormatHint hint) {
        byte[] start = start();
        String compression = isGzip() ? Format.GZIP : null;
        String type = "tsv".equals(hint.type()) ? Format.CSV : hint.type();
        if (type == null && Encodings.starts(start, 'P', 'K', 3, 4)) type = Format.XLSX;
        if (Format.XLSX.equals(type)) return new Format(Format.XLSX, null, null, hint.sheet(), compression);
        Charset charset = hint.encoding() == null ? Encodings.of(start).charset() : Charset.forName(hint.encoding());
        int mark = Encodings.markLength(start, charset);
        String text = new String(start, mark, start.length - mark, charset);
        if (type == null) type = typeOf(text);
        if (!type.equals(Format.CSV)) return new Format(type, null, charset.name(), null, compression);
        return Format.csv(delimiter(hint, text), charset, compression);
    }

    /** The same file read in another character set. */
    Format formatIn(Charset charset, FormatHint hint) {
        return format(new FormatHint(hint.type(), hint.delimiter(), charset.name(), hint.sheet()));
    }

    /** Bytes of the UTF-8 byte order mark: 3 or 0. */
    int markLength() {
        return Encodings.markLength(bytes, StandardCharsets.UTF_8);
    }

    /** The first bytes of what the file unpacks to, if it is compressed; else its own. */
    byte[] start() {
        return isGzip() ? unpacked() : bytes;
    }

    private boolean isGzip() {
        return GzipMembers.isGzip(bytes);
    }

    private byte[] unpacked() {
        byte[] start = new byte[BYTES];
        int length = 0;
        try (InputStream in = GzipMembers.unpack(reading())) {
            int read = 0;
            while (read >= 0 && length < BYTES) {
                length += read;
                read = in.read(start, length, BYTES - length);
            }
        } catch (IOException | ProblemException e) {
            // Here the sample ends; a file that is damaged is refused when it is read whole.
        }
        return Arrays.copyOf(start, length);
    }

    /** For the sample alone: what is compressed twice may take more of it to come to the first bytes. */
    private Reading reading() {
        return new Reading(
                () -> new ByteArrayInputStream(bytes),
                bytes.length,
                true,
                MOST_UNPACKED,
                System::nanoTime,
                () -> false);
    }

    private static String typeOf(String text) {
        if (JSON_ARRAY.matcher(text).matches()) return Format.JSON;
        return JSON_OBJECT.matcher(text).matches() ? Format.NDJSON : Format.CSV;
    }

    private static char delimiter(FormatHint hint, String text) {
        if ("tsv".equals(hint.type())) return '\t';
        return hint.delimiter() == null ? delimiter(text) : hint.delimiter().charAt(0);
    }

    /**
     * The delimiter under which most records have as many cells as the header, and of several such the one that gives
     * the header the most columns; a comma if none gives any.
     */
    private static char delimiter(String text) {
        char best = ',';
        double mostAlike = 0;
        int mostColumns = 1;
        for (String delimiter : FormatHint.DELIMITERS) {
            List<Integer> cells = CsvRecords.countCells(delimiter.charAt(0), text, COMPARED);
            int columns = cells.isEmpty() ? 0 : cells.get(0);
            if (columns < 2) continue;
            double alike = cells.stream().filter(count -> count == columns).count() / (double) cells.size();
            if (alike > mostAlike || alike == mostAlike && columns > mostColumns) {
                best = delimiter.charAt(0);
                mostAlike = alike;
                mostColumns = columns;
            }
        }
        return best;
    }
}
