package dev.importonce.source.format;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;

/**
 * The sender's hints about a file's format; null for properties that are to be detected.
 *
 * @param type one of {@link #TYPES}
 * @param delimiter one character, see {@link #canDelimit}; csv only
 * @param encoding canonical name of a character set that this Java runtime supports; not for xlsx
 * @param sheet name of a worksheet; xlsx only
 * @param escape one character, see {@link #canDelimit}, other than the delimiter; csv only
 * @param headerRow number of the header row, 1 to {@link #MAX_HEADER_ROW}; csv and xlsx only
 * @param header whether there is a header row; csv and xlsx only
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@RegisterForReflection
public record FormatHint(
        String type,
        String delimiter,
        String encoding,
        String sheet,
        String escape,
        Integer headerRow,
        Boolean header) {
    /** Everything is to be detected. */
    public static final FormatHint NONE = new FormatHint(null, null, null, null, null, null, null);

    /** {@code tsv} is csv with tabs. */
    public static final List<String> TYPES = List.of(Format.CSV, "tsv", Format.XLSX, Format.JSON, Format.NDJSON);

    /** As many rows as a spreadsheet can have. */
    public static final int MAX_HEADER_ROW = 1_048_576;

    /** Delimiters of csv files that are detected. */
    public static final List<String> DELIMITERS = List.of(",", ";", "\t", "|");

    /** Delimiters that are detected if none of the others divides every row alike. */
    public static final List<String> RARE_DELIMITERS = List.of("^", "~", "\u001F", "\u0001");

    /** The same hints with another encoding. */
    public FormatHint in(String charset) {
        return new FormatHint(type, delimiter, charset, sheet, escape, headerRow, header);
    }

    /** Whether the text can be a delimiter or an escape of a csv file. */
    public static boolean canDelimit(String text) {
        return text.length() == 1
                && "\"\r\n\0\uFEFF".indexOf(text.charAt(0)) < 0
                && !Character.isSurrogate(text.charAt(0));
    }

    /** Whether the hints say where the header is. */
    public boolean saysHeader() {
        return headerRow != null || header != null;
    }
}
