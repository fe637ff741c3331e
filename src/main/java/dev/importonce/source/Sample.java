package dev.importonce.source;

import dev.importonce.problem.ProblemException;
import dev.importonce.source.block.CsvRecords;
import dev.importonce.source.block.Reading;
import dev.importonce.source.csv.OddCsv;
import dev.importonce.source.detect.Encodings;
import dev.importonce.source.detect.HeaderSearch;
import dev.importonce.source.format.Format;
import dev.importonce.source.format.FormatHint;
import dev.importonce.source.format.HeaderPlace;
import dev.importonce.source.tree.JsonText;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The first bytes of a file, and what they tell about its format.
 *
 * @param bytes at most {@link #BYTES} of them
 */
public record Sample(byte[] bytes) {
    /** Size of the sample in bytes. */
    public static final int BYTES = 64 * 1024;

    private static final Division NONE = new Division((char) 0, 0, 1, 0);
    private static final int MOST_UNPACKED = 16 * BYTES;

    /** Matches lines each of which is an array. */
    private static final Pattern ARRAYS = Pattern.compile("\\[[^\\r\\n{]*][ \\t]*[\\r\\n]\\s*\\[");

    /** Number of records that are used to compare delimiters. */
    private static final int COMPARED = 50;

    /** The format of the file; hints of the sender take precedence over detection. */
    public Format format(FormatHint hint) {
        byte[] start = start();
        String compression = isGzip() ? Format.GZIP : null;
        String type = "tsv".equals(hint.type()) ? Format.CSV : hint.type();
        if (type == null && Encodings.starts(start, 'P', 'K', 3, 4)) type = Format.XLSX;
        if (Format.XLSX.equals(type))
            return Format.xlsx(hint.sheet(), compression).headed(place(hint));
        Charset charset = hint.encoding() == null ? Encodings.of(start).charset() : Charset.forName(hint.encoding());
        int mark = Encodings.markLength(start, charset);
        String text = new String(start, mark, start.length - mark, charset);
        if (type == null) type = typeOf(text);
        if (!type.equals(Format.CSV)) return Format.json(type, charset, compression);
        return csv(text, hint, charset, compression);
    }

    private Format csv(String text, FormatHint hint, Charset charset, String compression) {
        char said = OddCsv.saidDelimiter(text);
        Format format = Format.csv(delimiter(hint, said, text), charset, compression)
                .escaped(hint.escape())
                .headed(place(hint));
        if (!hint.saysHeader()) return format.headed(place(text, format));
        return place(hint).equals(HeaderPlace.FIRST_AS_SAID) ? format.headed(HeaderPlace.FIRST) : format;
    }

    private static HeaderPlace place(FormatHint hint) {
        if (Boolean.FALSE.equals(hint.header())) return HeaderPlace.NOWHERE;
        if (Boolean.TRUE.equals(hint.header()) && hint.headerRow() == null) return HeaderPlace.FIRST_AS_SAID;
        return hint.headerRow() == null ? HeaderPlace.FIRST : new HeaderPlace(hint.headerRow(), true);
    }

    /** The format if the file is read in another character set. */
    Format formatIn(Charset charset, FormatHint hint) {
        return format(hint.in(charset.name()));
    }

    /** Bytes of the UTF-8 byte order mark: 3 or 0. */
    public int markLength() {
        return Encodings.markLength(bytes, StandardCharsets.UTF_8);
    }

    /** The first bytes of the unpacked content if the file is compressed; otherwise the file's first bytes. */
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
            // The sample ends here; a damaged file is refused later, when it is read as a whole.
        }
        return Arrays.copyOf(start, length);
    }

    /** A reading of the sample alone: a file that is compressed twice may need more of it before the first bytes come out. */
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
        int start = JsonText.skipSpace(text, 0);
        if (start == text.length()) return Format.CSV;
        int next = JsonText.skipSpace(text, start + 1);
        String inside = text.substring(next, Math.min(next + 4, text.length()));
        boolean begins = !inside.isEmpty() && "{[\"]}".indexOf(inside.charAt(0)) >= 0 || inside.equals("null");
        if (!begins) return Format.CSV;
        return switch (text.charAt(start)) {
            case '{' -> Format.NDJSON;
            case '[' -> ARRAYS.matcher(text).region(start, text.length()).lookingAt() ? Format.NDJSON : Format.JSON;
            default -> Format.CSV;
        };
    }

    private static char delimiter(FormatHint hint, char said, String text) {
        if ("tsv".equals(hint.type())) return '\t';
        if (hint.delimiter() != null) return hint.delimiter().charAt(0);
        return said == 0 ? delimiter(text) : said;
    }

    /**
     * The delimiter for which the largest part of the records has as many cells as the first record; among equals, the one
     * with the most columns. If this part is less than half, because titles are above the header, the delimiter that divides
     * nearly all records after some record; if no delimiter gives several columns, a rare delimiter for which all records
     * have equally many; otherwise a comma.
     */
    private static char delimiter(String text) {
        Division best = NONE;
        Division belowTitles = NONE;
        for (String delimiter : FormatHint.DELIMITERS) {
            List<Integer> cells = CsvRecords.countCells(delimiter.charAt(0), text, COMPARED);
            best = best.orBetter(Division.fromTheFirst(delimiter.charAt(0), cells));
            belowTitles = belowTitles.orBetter(Division.fromTheFirstDivided(delimiter.charAt(0), cells));
        }
        if (best.alike() < 0.5 && belowTitles != NONE) return belowTitles.delimiter();
        return best == NONE ? rareDelimiter(text) : best.delimiter();
    }

    /**
     * How a delimiter divides the records.
     *
     * @param above number of records above the header
     * @param columns number of cells of the header
     * @param alike the share of records, from the header on, that are divided alike
     */
    private record Division(char delimiter, int above, int columns, double alike) {
        static Division fromTheFirst(char delimiter, List<Integer> cells) {
            if (cells.isEmpty() || cells.get(0) < 2) return NONE;
            return new Division(delimiter, 0, cells.get(0), Sample.alike(cells));
        }

        /** Some rows may have fewer cells than the header: all records with several cells count as divided alike. */
        static Division fromTheFirstDivided(char delimiter, List<Integer> cells) {
            int above = 0;
            while (above < cells.size() && cells.get(above) < 2) above++;
            List<Integer> divided = cells.subList(above, cells.size());
            double several = divided.stream().filter(count -> count > 1).count() / (double) divided.size();
            return divided.size() < 2 || several < 0.75
                    ? NONE
                    : new Division(delimiter, above, divided.get(0), several);
        }

        Division orBetter(Division other) {
            if (other.alike != alike) return other.alike > alike ? other : this;
            if (other.above != above) return other.above < above ? other : this;
            return other.columns > columns ? other : this;
        }
    }

    private static char rareDelimiter(String text) {
        for (String delimiter : FormatHint.RARE_DELIMITERS) {
            List<Integer> cells = CsvRecords.countCells(delimiter.charAt(0), text, COMPARED);
            if (cells.size() > 1 && cells.get(0) > 1 && alike(cells) == 1) return delimiter.charAt(0);
        }
        return ',';
    }

    /** The share of records that have as many cells as the first. */
    private static double alike(List<Integer> cells) {
        return Collections.frequency(cells, cells.get(0)) / (double) cells.size();
    }

    /**
     * Finds the header by the look of the first rows; the place is set only if the header is not the first row that is not
     * empty.
     */
    private static HeaderPlace place(String text, Format format) {
        List<List<String>> rows = new ArrayList<>();
        List<Long> numbers = new ArrayList<>();
        try {
            OddCsv csv = new OddCsv(new StringReader(text), format, format.escape() != null);
            while (rows.size() < HeaderSearch.ROWS && csv.next()) {
                if (csv.isTooLong()) break;
                if (rows.isEmpty() && HeaderSearch.isBlank(csv.cells())) continue;
                rows.add(csv.cells());
                numbers.add(csv.number());
            }
        } catch (ProblemException e) {
            // The sample ends here, or the rest has to be read in another way; a fault is reported when the file is
            // read as a whole.
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (rows.isEmpty()) return HeaderPlace.FIRST;
        int at = HeaderSearch.find(rows);
        if (at < 0) return HeaderPlace.NOWHERE;
        boolean ruled = at + 1 < rows.size() && HeaderSearch.isRule(rows.get(at + 1));
        return at == 0 && !ruled
                ? HeaderPlace.FIRST
                : new HeaderPlace(numbers.get(at).intValue(), true);
    }
}
