package dev.importonce.source.csv;

import dev.importonce.problem.ProblemException;
import dev.importonce.source.block.Block;
import dev.importonce.source.block.CsvRecords;
import dev.importonce.source.format.Format;
import dev.importonce.source.format.FormatHint;
import dev.importonce.source.format.NotPlain;
import dev.importonce.source.format.Notice;
import dev.importonce.words.Sentence;
import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads the rows of any CSV, also of files that {@link CsvPlanner} cannot read: with a first line that names the delimiter,
 * with blanks before quotes, with an escape character, and with rows that are too long. Quotes are otherwise read as {@link
 * CsvRecords} reads them; a property test holds the two together. Memory: one row. Not thread-safe.
 */
public final class OddCsv {
    private static final int BUFFER_CHARS = 64 * 1024;

    /** Maximum number of blanks before a quote that opens a cell. */
    private static final int MAX_BLANKS = 100;

    private static final int LONGEST_DELIMITER_LINE = "\"sep=;\"\n".length();

    private static final int END = -1;

    private final Reader text;
    private final char delimiter;
    private final int escape;
    private final boolean told;
    private final char[] buffer = new char[BUFFER_CHARS];
    private final StringBuilder cell = new StringBuilder();
    private final StringBuilder raw = new StringBuilder();
    private List<String> cells = List.of();
    private int position;
    private int limit;
    private boolean ended;
    private int length;
    private long number;
    private Sentence fault;

    /** @param told whether the sender has named the escape; if not, it is a guess */
    public OddCsv(Reader text, Format format, boolean told) throws IOException {
        this.text = text;
        this.delimiter = format.separator();
        this.escape = format.escape() == null ? END : format.escape().charAt(0);
        this.told = told;
        skipDelimiterLine();
    }

    /** Whether such a first row names the delimiter, as spreadsheets understand it, with whatever delimiter it was read. */
    static boolean saysDelimiter(List<String> cells) {
        String first = cells.get(0);
        if (first.length() < 4 || !first.substring(0, 4).equalsIgnoreCase("sep=")) return false;
        return cells.size() == 1 && first.length() == 5
                || cells.size() == 2 && first.length() == 4 && cells.get(1).isEmpty();
    }

    /**
     * The delimiter that the first line of a text names, or 0.
     *
     * @param text without a byte order mark
     */
    public static char saidDelimiter(String text) {
        int start = text.startsWith("\"") ? 1 : 0;
        int end = start + 5;
        if (!text.regionMatches(true, start, "sep=", 0, 4) || text.length() <= end) return 0;
        if (start == 1 && text.charAt(end) == '"') end++;
        boolean alone = end == text.length() || text.charAt(end) == '\r' || text.charAt(end) == '\n';
        String said = text.substring(start + 4, start + 5);
        return alone && FormatHint.canDelimit(said) ? said.charAt(0) : 0;
    }

    /** The notice that a backslash was taken as an escape. */
    public static Notice escapeGuessed() {
        return Notice.of(Sentence.of("escape-guessed"), null, null);
    }

    /**
     * Moves to the next row that is not an empty line.
     *
     * @return whether there is one
     * @throws NotPlain when it turns out that quotes follow a backslash
     */
    public boolean next() throws IOException {
        while (peek(0) != END) {
            number++;
            if (takeLineEnd()) continue;
            read();
            return true;
        }
        return false;
    }

    /** The row's number, as a spreadsheet counts: from 1 on, including empty lines. */
    public long number() {
        return number;
    }

    /** The row's cells, at least one; of a row that is too long only the first ones. */
    public List<String> cells() {
        return cells;
    }

    /** Whether the row is longer than a row may be. */
    public boolean isTooLong() {
        return length > Block.MAX_RECORD_BYTES;
    }

    /** Why the row cannot be read, or null. */
    public Sentence fault() {
        return fault;
    }

    private void skipDelimiterLine() throws IOException {
        peek(LONGEST_DELIMITER_LINE);
        String start = new String(buffer, 0, Math.min(limit, LONGEST_DELIMITER_LINE));
        if (saidDelimiter(start) == 0) return;
        while (peek(0) != END && !takeLineEnd()) position++;
    }

    private void read() throws IOException {
        cells = new ArrayList<>();
        fault = null;
        length = 0;
        readCell();
        cells.add(cell.toString());
        while (peek(0) == delimiter) {
            take();
            readCell();
            if (!isTooLong()) cells.add(cell.toString());
        }
        takeLineEnd();
    }

    private void readCell() throws IOException {
        cell.setLength(0);
        raw.setLength(0);
        int blanks = blanksAhead();
        if (peek(blanks) == '"') readQuoted(blanks);
        else readUnquoted();
    }

    private void readUnquoted() throws IOException {
        while (!endsCell(peek(0))) {
            char c = take();
            add(told && c == escape && isEscapable(peek(0)) ? take() : c);
        }
    }

    private void readQuoted(int blanks) throws IOException {
        for (int i = 0; i <= blanks; i++) raw.append(take());
        boolean divided = readInside(blanks > 0);
        boolean closed = true;
        while (!endsCell(peek(0))) {
            if (closed && skipBlanks()) return;
            if (closed && escape == END && endsWithBackslash()) throw new NotPlain("\\");
            // The quote that closes the cell could also open another one.
            if (isTooLong()) throw unclosed();
            if (blanks > 0) {
                readLiterally(divided);
                return;
            }
            char c = take();
            closed = c == '"';
            add(c);
            if (closed) readInside(false);
        }
    }

    /** Whether only blanks follow up to the cell's end; if so, they are consumed. */
    private boolean skipBlanks() throws IOException {
        int count = blanksAhead();
        if (!endsCell(peek(count))) return false;
        for (int i = 0; i < count; i++) take();
        return true;
    }

    private int blanksAhead() throws IOException {
        int count = 0;
        while (count < MAX_BLANKS && isBlank(peek(count))) count++;
        return count;
    }

    private Sentence severalRows() {
        return Sentence.of("cell-of-several-lines", cells.size() + 1);
    }

    private boolean endsWithBackslash() {
        return cell.length() > 0 && cell.charAt(cell.length() - 1) == '\\';
    }

    /**
     * Reads up to and including the closing quote; returns whether a character was there that would end a cell without
     * quotes.
     */
    private boolean readInside(boolean spaced) throws IOException {
        boolean divided = false;
        boolean doubtful = spaced;
        while (true) {
            char c = takeQuoted();
            if (c == escape && isEscaping()) {
                doubtful |= !told && peek(0) == '"' && peek(1) == delimiter;
                add(takeQuoted());
            } else if (c != '"') {
                divided |= endsCell(c);
                // A possible end of a cell, and then a line end: these may be several rows.
                if (doubtful && (c == '\n' || c == '\r')) fault = severalRows();
                add(c);
            } else if (peek(0) == '"') {
                if (escape == END && endsWithBackslash() && endsCell(peek(1))) throw new NotPlain("\\");
                add(takeQuoted());
            } else return divided;
        }
    }

    /** Text follows a quoted part that has blanks before it: the quotes are part of a cell without quotes. */
    private void readLiterally(boolean divided) throws IOException {
        if (divided) fault = Sentence.of("cell-with-quotes", cells.size() + 1);
        cell.setLength(0);
        cell.append(raw);
        readUnquoted();
    }

    /** Whether the escape character that was read changes the meaning of the next character. */
    private boolean isEscaping() throws IOException {
        int next = peek(0);
        if (told || next != '"') return next == escape || told && isEscapable(next);
        // A guess: the cell ends if a line end, or another cell with quotes, follows.
        int behind = peek(1);
        return !(behind == END || behind == '\r' || behind == '\n' || behind == delimiter && peek(2) == '"');
    }

    private boolean isEscapable(int c) {
        return c == '"' || c == escape || c != END && endsCell(c);
    }

    private boolean endsCell(int c) {
        return c == delimiter || c == '\n' || c == '\r' || c == END;
    }

    private boolean isBlank(int c) {
        return (c == ' ' || c == '\t') && c != delimiter;
    }

    private void add(char c) {
        if (!isTooLong()) cell.append(c);
    }

    private char takeQuoted() throws IOException {
        if (peek(0) == END) throw unclosed();
        char c = take();
        if (!isTooLong()) raw.append(c);
        return c;
    }

    private ProblemException unclosed() {
        return CsvPlanner.unclosedQuote(number, Sentence.of("at-cell", cells.size() + 1));
    }

    private boolean takeLineEnd() throws IOException {
        int c = peek(0);
        if (c != '\r' && c != '\n') return false;
        position++;
        if (c == '\r' && peek(0) == '\n') position++;
        return true;
    }

    private char take() {
        length++;
        return buffer[position++];
    }

    /** The character that is {@code ahead} characters further, or {@link #END}. */
    private int peek(int ahead) throws IOException {
        while (position + ahead >= limit && !ended) fill();
        return position + ahead < limit ? buffer[position + ahead] : END;
    }

    private void fill() throws IOException {
        System.arraycopy(buffer, position, buffer, 0, limit - position);
        limit -= position;
        position = 0;
        int read = text.read(buffer, limit, buffer.length - limit);
        if (read < 0) ended = true;
        else limit += read;
    }
}
