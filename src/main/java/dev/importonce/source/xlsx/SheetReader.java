package dev.importonce.source.xlsx;

import dev.importonce.source.block.Block;
import dev.importonce.source.block.FileRow;
import dev.importonce.source.format.Header;
import dev.importonce.source.format.Notice;
import dev.importonce.source.table.HeadedTable;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.stream.Stream;
import javax.xml.stream.XMLStreamException;

/**
 * Reads the rows of a worksheet, numbered as in the spreadsheet. Empty rows, and empty cells at the end of a row, are left
 * out.
 */
public final class SheetReader {
    /** The bit that distinguishes a small ASCII letter from its capital. */
    private static final int LOWER_CASE = 0x20;

    /** Stands for the value of a formula which the program that wrote the file did not calculate. */
    public static final String NOT_CALCULATED = "#FORMULA!";

    /** Number of rows that are examined to find out whether a sheet has a table. */
    private static final int ROWS_LOOKED_AT = 20;

    /** What a sheet's first rows look like, in order from the least to the most like a table. */
    enum Shape {
        NOTHING,
        /** A title, or a header without data rows. */
        ROW,
        /** Lines of text, or a table of one column. */
        COLUMN,
        TABLE
    }

    private final SharedStrings strings;
    private final List<CellFormat> styles;
    private final boolean since1904;
    private final HeadedTable table;
    private final StringBuilder buffer = new StringBuilder();
    private final List<String> cells = new ArrayList<>();
    private final BitSet numbers = new BitSet();
    private final NamedCells notCalculated = new NamedCells();
    private final NamedCells cut = new NamedCells();
    private int filledRows;
    private boolean looksLikeTable;
    private long row;
    private long length;

    /** @param table null if only the shape of a sheet is wanted */
    SheetReader(SharedStrings strings, List<CellFormat> styles, boolean since1904, HeadedTable table) {
        this.strings = strings;
        this.styles = styles;
        this.since1904 = since1904;
        this.table = table;
    }

    /** Notices about the sheet's cells. */
    List<Notice> notices() {
        return Stream.concat(notCalculated.notice("formula-without-value"), cut.notice("numbers-as-shown"))
                .toList();
    }

    void read(Xml xml) throws XMLStreamException {
        read(xml, Integer.MAX_VALUE);
    }

    /** Reads only as many rows as the {@link #shape} needs. */
    void look(Xml xml) throws XMLStreamException {
        read(xml, ROWS_LOOKED_AT);
    }

    Shape shape() {
        if (filledRows == 0) return Shape.NOTHING;
        if (filledRows == 1) return Shape.ROW;
        return looksLikeTable ? Shape.TABLE : Shape.COLUMN;
    }

    private void read(Xml xml, int mostRows) throws XMLStreamException {
        int column = 0;
        while (filledRows < mostRows && xml.next()) {
            if (xml.isStart("row")) {
                row = Math.max(row + 1, xml.number("r", 0));
                column = 0;
                length = 0;
                cells.clear();
                numbers.clear();
            } else if (xml.isStart("c")) {
                column = column(xml.attribute("r"), column);
                readCell(xml, column++);
            } else if (xml.isEnd("row")) endRow();
        }
    }

    private void readCell(Xml xml, int column) throws XMLStreamException {
        String type = xml.attribute("t");
        int style = xml.number("s", 0);
        String value = "";
        boolean formula = false;
        while (xml.next() && !xml.isEnd("c")) {
            if (xml.isStart("v") || xml.isStart("is")) value = xml.text(buffer);
            formula |= xml.isStart("f");
        }
        if (value.isEmpty() && (!formula || "str".equals(type))) return;
        String shown = value.isEmpty() ? notCalculated(column) : shown(type, style, value, column);
        length += shown.length();
        // Checked before the next cell is read, so that memory use is bounded.
        if (length > Block.MAX_RECORD_BYTES && !cells.isEmpty()) return;
        while (cells.size() < column) cells.add("");
        if (cells.size() == column) cells.add(shown);
        else cells.set(column, shown);
        numbers.set(column, isNumber(type) && !value.isEmpty());
    }

    private String notCalculated(int column) {
        notCalculated.add(column, row);
        return NOT_CALCULATED;
    }

    private String shown(String type, int style, String value, int column) {
        if (isNumber(type)) {
            CellFormat format = style >= 0 && style < styles.size() ? styles.get(style) : CellFormat.GENERAL;
            CellFormat.Shown shown = format.show(value, since1904);
            if (shown.cut()) cut.add(column, row);
            return shown.text();
        }
        return switch (type) {
            case "s" -> shared(value);
            case "b" -> value.trim().equals("1") ? "TRUE" : "FALSE";
            default -> value;
        };
    }

    /** A date is one, too, but reads the same whatever a mapping says: it is shown as ISO 8601 has it. */
    private static boolean isNumber(String type) {
        return type == null || type.equals("n");
    }

    private String shared(String number) {
        String text = strings.get(Long.parseLong(number.trim()));
        if (text == null) throw new IllegalArgumentException("no shared string " + number);
        return text;
    }

    private void endRow() {
        int last = cells.size();
        while (last > 0 && cells.get(last - 1).isBlank()) last--;
        if (last == 0 && length <= Block.MAX_RECORD_BYTES) return;
        last = Math.max(1, last);
        List<String> filled = cells.subList(0, last);
        filledRows++;
        if (table == null) look(filled);
        else if (length > Block.MAX_RECORD_BYTES) table.tooLong(row, filled.get(0));
        else table.row(new FileRow(row, filled, null, numbers));
    }

    private void look(List<String> filled) {
        boolean wide = filled.stream().filter(cell -> !cell.isBlank()).count() > 1;
        looksLikeTable |= wide || filledRows > 1 && filled.stream().anyMatch(cell -> cell.indexOf('@') > 0);
    }

    /** The column of a reference such as AB12; a cell without a reference follows the previous cell. */
    private static int column(String reference, int next) {
        if (reference == null) return next;
        int column = 0;
        for (int i = 0; i < reference.length() && isLetter(reference.charAt(i)); i++) {
            column = column * 26 + (reference.charAt(i) & ~LOWER_CASE) - 'A' + 1;
            if (column > Header.MAX_COLUMNS) throw Header.tooMany(column);
        }
        return column == 0 ? next : column - 1;
    }

    private static boolean isLetter(char c) {
        return c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z';
    }
}
