package dev.importonce.source.format;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/**
 * How the bytes of a source are read; every part resolved.
 *
 * @param type {@code csv}, {@code xlsx}, {@code json} (one document) or {@code ndjson} (one value after the other);
 *     {@link #ROWS} for csv that is read from a rendition whose records are led by their numbers, as those of all other types are
 * @param delimiter one character; null unless csv
 * @param encoding canonical name of the character set; null for xlsx
 * @param sheet the worksheet; null unless xlsx
 * @param compression {@code gzip}, or null for none
 * @param escape the character that takes its meaning from the next one; null for none, unless csv
 * @param headerRow number of the row that holds the names, from 1 on; null: the first that has anything
 * @param header false: no row holds names; null: one does
 * @param path where in a JSON document its rows are, names with dots between them; null: they are the document
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

    /** A type by itself, so that an older version, which knows only CSV as it is, reads them as the rows that they are. */
    static final String ROWS = "csv-rows";

    public static final String XLSX = "xlsx";
    public static final String JSON = "json";
    public static final String NDJSON = "ndjson";
    public static final String GZIP = "gzip";

    /** What renditions are written in. */
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

    /** The same with that row as its header; a place null: the first that has anything. */
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

    /** The same with that character before one that is to mean nothing else. */
    public Format escaped(String by) {
        return new Format(type, delimiter, encoding, sheet, compression, by, headerRow, header, path);
    }

    /** The same from that sheet. */
    public Format of(String worksheet) {
        return new Format(type, delimiter, encoding, worksheet, compression, escape, headerRow, header, path);
    }

    /** The same from that place in a document. */
    public Format at(String place) {
        return new Format(type, delimiter, encoding, sheet, compression, escape, headerRow, header, place);
    }

    /** The same as rows that are led by their numbers. */
    public Format asRows() {
        return typed(ROWS);
    }

    /** As senders know it. */
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

    /** Whether a row brings the names of its columns along. */
    @JsonIgnore
    public boolean hasNamesInRows() {
        return type.equals(JSON) || type.equals(NDJSON);
    }

    @JsonIgnore
    public boolean isGzip() {
        return GZIP.equals(compression);
    }

    /** Whether its records are led by their numbers. */
    public boolean hasNumbers() {
        return !type.equals(CSV);
    }

    /** Whether it is CSV whose blocks can be found where it lies, once it is in UTF-8, as far as is known before it is read. */
    @JsonIgnore
    public boolean isPlain() {
        return type.equals(CSV) && escape == null && headerRow == null && header == null && separator() < 0x80;
    }

    /** Whether the bytes can be read where they lie, from any record on; all others are read from a rendition. */
    @JsonIgnore
    public boolean isDirect() {
        return isPlain() && !isGzip() && encoding.equals(StandardCharsets.UTF_8.name());
    }
}
