package dev.importonce.target.type;

import dev.importonce.words.Sentence;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Recognises cells whose text means something else, and counts them by column; its user decides which columns are counted.
 * Not thread-safe.
 */
public final class OddCells {
    /**
     * Texts that spreadsheet programs show instead of a value that they cannot calculate, in their languages; the last text
     * is our own.
     */
    private static final Set<String> ERRORS = Set.of(
            "#N/A",
            "#REF!",
            "#DIV/0!",
            "#VALUE!",
            "#NAME?",
            "#NUM!",
            "#NULL!",
            "#SPILL!",
            "#CALC!",
            "#FIELD!",
            "#BLOCKED!",
            "#CONNECT!",
            "#BUSY!",
            "#UNKNOWN!",
            "#GETTING_DATA",
            "#EXTERNAL!",
            "#PYTHON!",
            "#ERROR!",
            "#NV",
            "#BEZUG!",
            "#WERT!",
            "#ZAHL!",
            "#\u00dcBERLAUF!",
            "#VALEUR!",
            "#NOM?",
            "#NOMBRE!",
            "#NUL!",
            "#\u00a1REF!",
            "#\u00a1VALOR!",
            "#\u00a1NUM!",
            "#\u00a1NULO!",
            "#\u00a1DIV/0!",
            "#\u00bfNOMBRE?",
            "#N/D",
            "#RIF!",
            "#VALORE!",
            "#NOME?",
            "#NULLO!",
            "#VALOR!",
            "#N\u00daM!",
            "#VERW!",
            "#WAARDE!",
            "#NAAM?",
            "#GETAL!",
            "#LEEG!",
            "#N/B",
            "#ARG!",
            "#ADR!",
            "#NAZWA?",
            "#LICZBA!",
            "#ZERO!",
            "#N/A!",
            "#FORMULA!");

    /** Texts that databases write for a missing value; they may also be a person's name. */
    private static final Set<String> NULLS = Set.of("\\N", "NULL");

    private static final String ERROR_CELLS = "error-cells";
    private static final String NULL_CELLS = "null-cells";
    private static final String TIMES_IN_UTC = "times-in-utc";
    private static final String READ_AS_OTHERS = "read-as-others";

    /** Number of characters of a column's name that a notice shows. */
    private static final int NAME_CHARS = 100;

    private static final Pattern ERROR_NUMBER = Pattern.compile("Err:5\\d\\d");

    private final Map<Key, Long> counts = new LinkedHashMap<>();

    /** Whether the value is an error of a spreadsheet. */
    public static boolean isError(String value) {
        return value.charAt(0) == '#' && ERRORS.contains(value)
                || value.startsWith("Err:") && ERROR_NUMBER.matcher(value).matches();
    }

    /** Whether the value may mean a missing value. */
    public static boolean isNull(String value) {
        return NULLS.contains(value);
    }

    public void error(String column) {
        count(ERROR_CELLS, column, "");
    }

    public void nothing(String column) {
        count(NULL_CELLS, column, "");
    }

    public void utc(String column) {
        count(TIMES_IN_UTC, column, "");
    }

    /**
     * The value could mean two things, and is read as the other values of its column can only be read.
     *
     * @param reading that reading, as a part of a mapping
     */
    public void asOthers(String column, String reading) {
        count(READ_AS_OTHERS, column, reading);
    }

    /** The counts. */
    public List<CellCount> list() {
        List<CellCount> list = new ArrayList<>();
        counts.forEach((key, count) -> list.add(new CellCount(detail(key), key.column(), count)));
        return list;
    }

    private static Sentence detail(Key key) {
        return key.reading().isEmpty() ? Sentence.of(key.code()) : Sentence.of(key.code(), key.reading());
    }

    private void count(String code, String column, String reading) {
        String name = column.length() <= NAME_CHARS ? column : column.substring(0, NAME_CHARS) + "\u2026";
        counts.merge(new Key(code, name, reading), 1L, Long::sum);
    }

    private record Key(String code, String column, String reading) {}
}
