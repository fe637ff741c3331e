package dev.importonce.source.format;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/**
 * How the bytes of a source are read; every part resolved.
 *
 * @param type {@code csv}, {@code xlsx}, {@code json} (one document) or {@code ndjson} (one value after the other); {@link
 *     #ROWS} for csv that is read from a rendition whose records begin with their numbers, as in renditions of all other
 *     types
 * @param delimiter one character; null unless csv
 * @param encoding canonical name of the character set; null for xlsx
 * @param sheet the worksheet; null unless xlsx
 * @param compression {@code gzip}, or null for none
 * @param escape the escape character; null for none, unless csv
 * @param headerRow number of the header row, from 1 on; null: the first row that is not empty
 * @param header false: there is no header row; null: there is one
 * @param path the place of the rows in a JSON document, names with dots between them; null: the document consists of the
 *     rows
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@RegisterForReflection
public record Format(
        String type,
        String delimiter,
        String encoding,
        String sheet,
        String compression,
        String escape,
        Integer headerRow,
        Boolean header,
        String path) {
    public static final String CSV = "csv";

    /**
     * A separate type: an older version treats only {@code csv} as CSV without numbers, and reads the records of any other
     * type as numbered rows.
     */
    static final String ROWS = "csv-rows";

    public static final String XLSX = "xlsx";
    public static final String JSON = "json";
    public static final String NDJSON = "ndjson";
    public static final String GZIP = "gzip";

    /** The format of renditions. */
    public static final Format UTF8_CSV = csv(',', StandardCharsets.UTF_8, null);

    public static Format csv(char delimiter, Charset encoding, String compression) {
        return new Format(CSV, String.valueOf(delimiter), encoding.name(), null, compression, null, null, null, null);
    }

    public static Format xlsx(String sheet, String compression) {
        return new Format(XLSX, null, null, sheet, compression, null, null, null, null);
    }

    public static Format json(String type, Charset encoding, String compression) {
        return new Format(type, null, encoding.name(), null, compression, null, null, null, null);
    }

    /** The same format with that header row; a place null: the first row that is not empty. */
    public Format headed(HeaderPlace place) {
        return new Format(
                type,
                delimiter,
                encoding,
                sheet,
                compression,
                escape,
                place.row(),
                place.exists() ? null : Boolean.FALSE,
                path);
    }

    /** The same format with that escape character. */
    public Format escaped(String by) {
        return new Format(type, delimiter, encoding, sheet, compression, by, headerRow, header, path);
    }

    /** The same format for that sheet. */
    public Format of(String worksheet) {
        return new Format(type, delimiter, encoding, worksheet, compression, escape, headerRow, header, path);
    }

    /** The same format for that place in a document. */
    public Format at(String place) {
        return new Format(type, delimiter, encoding, sheet, compression, escape, headerRow, header, place);
    }

    /** The same format for rows that begin with their numbers. */
    public Format asRows() {
        return typed(ROWS);
    }

    /** The format as it is shown to senders. */
    public Format shown() {
        return type.equals(ROWS) ? typed(CSV) : this;
    }

    private Format typed(String other) {
        return new Format(other, delimiter, encoding, sheet, compression, escape, headerRow, header, path);
    }

    public HeaderPlace headerPlace() {
        return new HeaderPlace(headerRow, header == null);
    }

    public char separator() {
        return delimiter.charAt(0);
    }

    public Charset charset() {
        return Charset.forName(encoding);
    }

    @JsonIgnore
    public boolean isCsv() {
        return type.equals(CSV) || type.equals(ROWS);
    }

    /** Whether each row has the names of its columns. */
    @JsonIgnore
    public boolean hasNamesInRows() {
        return type.equals(JSON) || type.equals(NDJSON);
    }

    @JsonIgnore
    public boolean isGzip() {
        return GZIP.equals(compression);
    }

    /** Whether its records begin with their numbers. */
    public boolean hasNumbers() {
        return !type.equals(CSV);
    }

    /**
     * Whether it is CSV whose blocks can be found without a rewrite once it is in UTF-8, as far as this is known before it
     * is read.
     */
    @JsonIgnore
    public boolean isPlain() {
        return type.equals(CSV) && escape == null && headerRow == null && header == null && separator() < 0x80;
    }

    /** Whether the bytes can be read as they are stored, from any record on; all other formats are read from a rendition. */
    @JsonIgnore
    public boolean isDirect() {
        return isPlain() && !isGzip() && encoding.equals(StandardCharsets.UTF_8.name());
    }
}
