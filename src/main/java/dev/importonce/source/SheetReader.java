package dev.importonce.source;

import java.util.ArrayList;
import java.util.List;
import javax.xml.stream.XMLStreamException;

/**
 * Reads a worksheet: its first row that has anything is the header, each later one a record, numbered as in the
 * spreadsheet. Empty rows are none, and empty cells at the end of a row are no cells.
 */
final class SheetReader {
    /** What tells a small letter of ASCII from its capital. */
    private static final int LOWER_CASE = 0x20;

    /** Rows that are looked at to know whether a sheet has a table. */
    private static final int ROWS_LOOKED_AT = 20;

    /** What a sheet looks like from its first rows, the least of a table first. */
    enum Shape {
        NOTHING,
        /** A title, or a header without a row. */
        ROW,
        /** Lines of text, or a table of one column. */
        COLUMN,
        TABLE
    }

    private final SharedStrings strings;
    private final List<CellFormat> styles;
    private final boolean since1904;
    private final TableWriter table;
    private final StringBuilder buffer = new StringBuilder();
    private final List<String> cells = new ArrayList<>();
    private List<String> header = List.of();
    private int filledRows;
    private boolean looksLikeTable;
    private long row;
    private long length;

    /** @param table null where a sheet is only looked at */
    SheetReader(SharedStrings strings, List<CellFormat> styles, boolean since1904, TableWriter table) {
        this.strings = strings;
        this.styles = styles;
        this.since1904 = since1904;
        this.table = table;
    }

    /** The names of the columns; empty before anything was found. */
    List<String> header() {
        return header;
    }

    void read(Xml xml) throws XMLStreamException {
        read(xml, Integer.MAX_VALUE);
    }

    /** Only its {@link #shape}. */
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
        while (xml.next() && !xml.isEnd("c")) if (xml.isStart("v") || xml.isStart("is")) value = xml.text(buffer);
        if (value.isEmpty()) return;
        String shown = shown(type, style, value);
        length += shown.length();
        // Before the next one is read, so that memory stays flat.
        if (length > CsvPlanner.MAX_RECORD_BYTES) throw TableWriter.tooLong(row);
        while (cells.size() < column) cells.add("");
        if (cells.size() == column) cells.add(shown);
        else cells.set(column, shown);
    }

    private String shown(String type, int style, String value) {
        if (type == null || type.equals("n"))
            return (style >= 0 && style < styles.size() ? styles.get(style) : CellFormat.GENERAL)
                    .show(value, since1904);
        return switch (type) {
            case "s" -> shared(value);
            case "b" -> value.trim().equals("1") ? "TRUE" : "FALSE";
            default -> value;
        };
    }

    private String shared(String number) {
        String text = strings.get(Long.parseLong(number.trim()));
        if (text == null) throw new IllegalArgumentException("no shared string " + number);
        return text;
    }

    private void endRow() {
        int last = cells.size();
        while (last > 0 && cells.get(last - 1).isBlank()) last--;
        if (last == 0) return;
        List<String> filled = cells.subList(0, last);
        filledRows++;
        if (table == null) look(filled);
        else if (header.isEmpty()) {
            header = List.copyOf(filled);
            header.forEach(table::name);
        } else table.row(row, filled);
    }

    private void look(List<String> filled) {
        boolean wide = filled.stream().filter(cell -> !cell.isBlank()).count() > 1;
        looksLikeTable |= wide || filledRows > 1 && filled.stream().anyMatch(cell -> cell.indexOf('@') > 0);
    }

    /** From a reference such as AB12; a cell without one follows the one before. */
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
