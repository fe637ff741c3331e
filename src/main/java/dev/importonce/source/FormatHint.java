package dev.importonce.source;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;

/**
 * What the sender says about a file's format; null for what is to be detected.
 *
 * @param type one of {@link #TYPES}
 * @param delimiter one of {@link #DELIMITERS}; csv only
 * @param encoding canonical name of a character set that this machine knows; not for xlsx
 * @param sheet name of a worksheet; xlsx only
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@RegisterForReflection
public record FormatHint(String type, String delimiter, String encoding, String sheet) {
    /** Everything is to be detected. */
    public static final FormatHint NONE = new FormatHint(null, null, null, null);

    /** {@code tsv} is csv with tabs. */
    public static final List<String> TYPES = List.of(Format.CSV, "tsv", Format.XLSX, Format.JSON, Format.NDJSON);

    /** What may stand between the cells of a csv file. */
    public static final List<String> DELIMITERS = List.of(",", ";", "\t", "|");
}
