package dev.importonce.source;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/**
 * How the bytes of a source are read; every part resolved.
 *
 * @param type {@code csv}, {@code xlsx}, {@code json} (an array of objects) or {@code ndjson}
 * @param delimiter one character, ASCII; null unless csv
 * @param encoding canonical name of the character set; null for xlsx
 * @param sheet the worksheet; null unless xlsx
 * @param compression {@code gzip}, or null for none
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@RegisterForReflection
public record Format(String type, String delimiter, String encoding, String sheet, String compression) {
    static final String CSV = "csv";
    static final String XLSX = "xlsx";
    static final String JSON = "json";
    static final String NDJSON = "ndjson";
    static final String GZIP = "gzip";

    /** What renditions are written in. */
    static final Format UTF8_CSV = csv(',', StandardCharsets.UTF_8, null);

    static Format csv(char delimiter, Charset encoding, String compression) {
        return new Format(CSV, String.valueOf(delimiter), encoding.name(), null, compression);
    }

    char separator() {
        return delimiter.charAt(0);
    }

    Charset charset() {
        return Charset.forName(encoding);
    }

    boolean isCsv() {
        return type.equals(CSV);
    }

    /** Whether a row brings the names of its columns along. */
    @JsonIgnore
    public boolean hasNamesInRows() {
        return type.equals(JSON) || type.equals(NDJSON);
    }

    boolean isGzip() {
        return GZIP.equals(compression);
    }

    /** Whether the bytes can be read where they lie, from any record on; all others are read from a rendition. */
    @JsonIgnore
    public boolean isDirect() {
        return isCsv() && !isGzip() && encoding.equals(StandardCharsets.UTF_8.name());
    }
}
