package dev.importonce.source.format;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;

/**
 * What the sender says about a file's format; null for what is to be detected.
 *
 * @param type one of {@link #TYPES}
 * @param delimiter one character, see {@link #canDelimit}; csv only
 * @param encoding canonical name of a character set that this machine knows; not for xlsx
 * @param sheet name of a worksheet; xlsx only
 * @param escape one character, see {@link #canDelimit}, other than the delimiter; csv only
 * @param headerRow number of the row that holds the names, 1 to {@link #MAX_HEADER_ROW}; csv and xlsx only
 * @param header whether a row holds names; csv and xlsx only
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

    /** What is looked for between the cells of a csv file. */
    public static final List<String> DELIMITERS = List.of(",", ";", "\t", "|");

    /** The same where none of those divides every row alike. */
    public static final List<String> RARE_DELIMITERS = List.of("^", "~", "\u001F", "\u0001");

    /** The same, but for the encoding. */
    public FormatHint in(String charset) {
        return new FormatHint(type, delimiter, charset, sheet, escape, headerRow, header);
    }

    /** Whether that can stand between the cells of a csv file, or before a character that is to mean nothing else. */
    public static boolean canDelimit(String text) {
        return text.length() == 1
                && "\"\r\n\0\uFEFF".indexOf(text.charAt(0)) < 0
                && !Character.isSurrogate(text.charAt(0));
    }

    /** Whether it says where the names are. */
    public boolean saysHeader() {
        return headerRow != null || header != null;
    }
}
