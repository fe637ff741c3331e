package dev.importonce.source;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import dev.importonce.problem.ProblemException;
import dev.importonce.problem.ProblemType;
import java.io.IOException;
import java.io.Reader;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads JSON as a table: each object a record, its properties by name the columns, in the order in which they first come.
 * Numbers stay as they are written, null is blank, what is nested stays JSON. A record's number is its place in the array,
 * or its line.
 */
final class JsonTable {
    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxStringLength(CsvPlanner.MAX_RECORD_BYTES)
                    .maxNameLength(10_000)
                    .maxNestingDepth(100)
                    .build())
            .build();

    private final JsonParser parser;
    private final boolean lines;
    private final TableWriter table;
    private final Map<String, Integer> columns = new HashMap<>();
    private final List<String> names = new ArrayList<>();
    private final BitSet spelled = new BitSet();
    private final List<String> cells = new ArrayList<>();
    private long record;
    private long nameChars;

    private JsonTable(JsonParser parser, boolean lines, TableWriter table) {
        this.parser = parser;
        this.lines = lines;
        this.table = table;
    }

    /**
     * Reads all of it.
     *
     * @return the names of the columns
     */
    static List<String> read(Reader text, boolean lines, TableWriter table) throws IOException {
        try (JsonParser parser = JSON.createParser(text)) {
            return new JsonTable(parser, lines, table).read();
        } catch (JsonProcessingException e) {
            String place = e.getLocation() == null
                    ? ""
                    : " at line " + e.getLocation().getLineNr() + ", column "
                            + e.getLocation().getColumnNr();
            throw unreadable("This is not valid JSON" + place + ". Correct it there.");
        }
    }

    private List<String> read() throws IOException {
        if (!lines && parser.nextToken() != JsonToken.START_ARRAY)
            throw unreadable("The JSON is not an array. Send an array of objects, or one object per line.");
        JsonToken end = lines ? null : JsonToken.END_ARRAY;
        for (JsonToken token = parser.nextToken(); token != end; token = parser.nextToken()) {
            record = lines ? parser.currentTokenLocation().getLineNr() : record + 1;
            if (token != JsonToken.START_OBJECT)
                throw unreadable((lines ? "Line " : "Element ") + record + " of the JSON is not an object.");
            readObject();
        }
        if (!lines && parser.nextToken() != null)
            throw unreadable("Something follows the end of the JSON array. Remove it.");
        return List.copyOf(names);
    }

    private void readObject() throws IOException {
        cells.clear();
        long length = 0;
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            int column = column(parser.currentName());
            while (cells.size() <= column) cells.add("");
            parser.nextToken();
            String value = value();
            // A name that cannot be stored is the fault of the rows that have it, not of the file.
            if (spelled.get(column) && !value.isEmpty()) value = '\0' + value;
            length += value.length();
            // Before the next one is read, so that memory stays flat.
            if (length > CsvPlanner.MAX_RECORD_BYTES) throw TableWriter.tooLong(record);
            cells.set(column, value);
        }
        table.row(record, cells);
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
        // Before the next one is read; at the end they are counted in bytes.
        if (nameChars > Header.MAX_BYTES) throw Header.tooLong(nameChars);
        return column;
    }

    private String value() throws IOException {
        if (parser.currentToken() == JsonToken.VALUE_NULL) return "";
        return parser.currentToken().isScalarValue() ? parser.getText() : nested();
    }

    /** An object or an array as it is, without white space. */
    private String nested() throws IOException {
        StringWriter text = new StringWriter();
        try (JsonGenerator copy = JSON.createGenerator(text)) {
            int depth = 0;
            do {
                copy.copyCurrentEvent(parser);
                if (parser.currentToken().isStructStart()) depth++;
                if (parser.currentToken().isStructEnd()) depth--;
                if (text.getBuffer().length() > CsvPlanner.MAX_RECORD_BYTES) throw TableWriter.tooLong(record);
            } while (depth > 0 && parser.nextToken() != null);
        }
        return text.toString();
    }

    private static ProblemException unreadable(String detail) {
        return new ProblemException(ProblemType.UNREADABLE_FILE, detail);
    }
}
