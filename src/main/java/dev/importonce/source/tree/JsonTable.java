package dev.importonce.source.tree;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import dev.importonce.problem.ProblemException;
import dev.importonce.problem.ProblemType;
import dev.importonce.source.block.FileRow;
import dev.importonce.source.block.Plan;
import dev.importonce.source.format.Format;
import dev.importonce.source.format.Header;
import dev.importonce.source.format.Notice;
import dev.importonce.source.table.HeadedTable;
import dev.importonce.source.table.TableWriter;
import dev.importonce.words.Sentence;
import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads JSON as a table. Each object is a record; the names of its properties are the columns, in the order in which they
 * first occur; properties of a nested object are columns, too, such as {@code contact.email}. Numbers stay as they are
 * written, null is blank, deeper nested values stay JSON. Or each array is a record, and the first array is the header. A
 * record's number is its place in the document, or its line.
 */
public final class JsonTable {
    /** The column for the names of records, if the document has its records by name. */
    private static final String KEY = "_key";

    /** The value of {@link Format#path} for records by name. */
    private static final String ANY_NAME = "*";

    /** Number of characters that a reject shows of a value that is not a record. */
    private static final int SHOWN_CHARS = 100;

    private final Format format;
    private final TableWriter table;
    private final Map<String, Integer> columns = new HashMap<>();
    private final List<String> names = new ArrayList<>();
    private final BitSet spelled = new BitSet();
    private final BitSet filled = new BitSet();
    private final List<String> cells = new ArrayList<>();
    private final BitSet numbers = new BitSet();
    private final List<Notice> notices = new ArrayList<>();
    private JsonParser parser;
    private JsonRecord row;
    private HeadedTable arrays;
    private boolean objects;
    private Sentence firstFault;
    private long record;
    private long nameChars;

    private JsonTable(Format format, TableWriter table) {
        this.format = format;
        this.table = table;
    }

    /** Reads the whole text. */
    public static Plan read(Text text, Format format, TableWriter table) throws IOException {
        JsonTable json = new JsonTable(format, table);
        if (format.type().equals(Format.JSON)) return json.document(text);
        List<String> path;
        try (Reader look = text.open()) {
            path = JsonLook.at(look);
        }
        if (path != null) return json.inside(text, path);
        try (Reader look = text.open()) {
            if (!JsonLook.isByLine(look)) return json.values(text);
        }
        return json.lines(text);
    }

    /** An array of records. */
    private Plan document(Text text) throws IOException {
        parse(text, () -> {
            if (parser.nextToken() != JsonToken.START_ARRAY) throw unreadable(Sentence.of("json-no-array"));
            elements();
            if (parser.nextToken() != null) throw unreadable(Sentence.of("something-follows-json"));
        });
        return finish(format);
    }

    /** One document with the records somewhere inside; {@link JsonLook} has found their place. */
    private Plan inside(Text text, List<String> path) throws IOException {
        parse(text, () -> {
            parser.nextToken();
            if (path.isEmpty()) members();
            else {
                for (String name : path) find(name);
                elements();
            }
        });
        String place = path.isEmpty()
                ? ANY_NAME
                : Header.spelled(String.join(".", path)).replace('\0', '\uFFFD');
        Sentence rows = path.isEmpty() ? Sentence.of("rows-are-members", KEY) : Sentence.of("rows-are-inside", place);
        notices.add(Notice.of(Sentence.of("nested-rows", rows), null, null));
        return finish(format.at(place));
    }

    /** One value after the other, each in any number of lines. */
    private Plan values(Text text) throws IOException {
        parse(text, () -> {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                record = parser.currentTokenLocation().getLineNr();
                value(token, "line");
            }
        });
        return finish(format);
    }

    /** One value in each line. */
    private Plan lines(Text text) throws IOException {
        try (Reader reader = text.open()) {
            Lines lines = new Lines(reader);
            for (String line = lines.next(); line != null; line = lines.next()) {
                record = lines.number();
                int start = JsonText.skipSpace(line, 0);
                if (start == line.length()) continue;
                if (lines.isTooLong()) tooLong(line);
                else line(line, start);
            }
        }
        return finish(format);
    }

    private void line(String line, int start) throws IOException {
        try (JsonParser ofLine = JsonText.JSON.createParser(line.substring(start))) {
            parser = ofLine;
            JsonToken token = parser.nextToken();
            Runnable end = read(token);
            if (end == null) fault(noRecord("line"), List.of(line));
            else if (parser.nextToken() != null)
                fault(
                        Sentence.of(arrays == null ? "something-follows-object" : "something-follows-array", record),
                        List.of(line));
            else end.run();
        } catch (JsonProcessingException e) {
            int column = e.getLocation() == null ? 1 : e.getLocation().getColumnNr() + start;
            fault(Sentence.of("line-not-json", record, column), List.of(line));
        }
    }

    private void elements() throws IOException {
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            record++;
            value(token, "element");
        }
    }

    private void value(JsonToken token, String place) throws IOException {
        Runnable end = read(token);
        if (end != null) end.run();
        else {
            String shown = token.isScalarValue() ? parser.getText() : JsonRecord.nested(parser);
            String start = shown.substring(0, Math.min(SHOWN_CHARS, shown.length()));
            fault(noRecord(place), List.of(start.isBlank() ? "\"" + start + "\"" : start));
        }
    }

    /** Reads a value, and returns the action that adds it to the table as a record or a fault. */
    private Runnable read(JsonToken token) throws IOException {
        row = new JsonRecord(parser);
        if (token == JsonToken.START_OBJECT && arrays == null) {
            objects = true;
            row.readObject();
            return this::addObject;
        }
        if (token != JsonToken.START_ARRAY || objects) return null;
        if (arrays == null) arrays = new HeadedTable(table, format, false);
        row.readArray();
        return this::addArray;
    }

    /** @param place line or element */
    private Sentence noRecord(String place) {
        return Sentence.of(place + (arrays == null ? "-not-object" : "-not-array"), record);
    }

    private void members() throws IOException {
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            record++;
            String key = parser.currentName();
            parser.nextToken();
            Runnable end = read(JsonToken.START_OBJECT);
            row.add(KEY, key);
            end.run();
        }
    }

    /** Moves from the start of an object to the value of that member. */
    private void find(String name) throws IOException {
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            boolean found = parser.currentName().equals(name);
            parser.nextToken();
            if (found) return;
            parser.skipChildren();
        }
    }

    private void addObject() {
        if (row.isTooLong()) {
            row.names().forEach(this::column);
            tooLong(row.values().get(0));
            return;
        }
        cells.clear();
        filled.clear();
        numbers.clear();
        for (int i = 0; i < row.names().size(); i++) {
            String name = row.names().get(i);
            int column = column(name);
            if (filled.get(column)) {
                fault(Sentence.of("property-twice", Header.spelled(name)), row.values());
                return;
            }
            filled.set(column);
            while (cells.size() <= column) cells.add("");
            String value = row.values().get(i);
            // A name that cannot be stored is a fault of the rows that have it, not of the file.
            cells.set(column, spelled.get(column) && !value.isEmpty() ? '\0' + value : value);
            numbers.set(column, row.numbers().get(i));
        }
        table.row(new FileRow(record, cells, null, numbers));
    }

    private void addArray() {
        if (row.isTooLong()) tooLong(row.values().get(0));
        else arrays.row(new FileRow(record, row.values(), null, row.numbers()));
    }

    private void tooLong(String start) {
        if (firstFault == null) firstFault = TableWriter.tooLong();
        if (arrays == null) table.tooLong(record, start);
        else arrays.tooLong(record, start);
    }

    private void fault(Sentence fault, List<String> shown) {
        if (firstFault == null) firstFault = fault;
        if (arrays == null) table.fault(record, fault, shown);
        else arrays.fault(record, fault, shown);
    }

    private int column(String name) {
        Integer known = columns.putIfAbsent(name, columns.size());
        if (columns.size() > Header.MAX_COLUMNS) throw Header.tooMany(columns.size());
        if (known != null) return known;
        int column = names.size();
        String shown = Header.spelled(name);
        names.add(shown);
        spelled.set(column, !shown.equals(name));
        table.name(shown);
        nameChars += shown.length();
        // Checked before the next name is read; at the end the names are counted in bytes.
        if (nameChars > Header.MAX_BYTES) throw Header.tooLong(nameChars);
        return column;
    }

    private void parse(Text text, Step step) throws IOException {
        try (Reader reader = text.open();
                JsonParser ofAll = JsonText.parser(reader)) {
            parser = ofAll;
            step.run();
        } catch (JsonProcessingException e) {
            throw e.getLocation() == null
                    ? unreadable(Sentence.of("no-valid-json"))
                    : new ProblemException(
                            ProblemType.UNREADABLE_FILE,
                            Sentence.of(
                                    "json-not-valid-at",
                                    e.getLocation().getLineNr(),
                                    e.getLocation().getColumnNr()));
        }
    }

    private Plan finish(Format as) {
        if (arrays != null) return arrays.finish(as, notices);
        if (names.isEmpty() && firstFault != null) throw unreadable(firstFault);
        return table.finish(as, names, notices);
    }

    private static ProblemException unreadable(Sentence detail) {
        return new ProblemException(ProblemType.UNREADABLE_FILE, detail);
    }

    /** Opens the text, from its beginning. */
    public interface Text {
        Reader open() throws IOException;
    }

    private interface Step {
        void run() throws IOException;
    }
}
