package dev.importonce.http;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * A Content-Type, as far as it decides how a body is read.
 *
 * @param type media type in lower case, without parameters; empty when the header is missing
 */
public record BodyType(String type, Optional<byte[]> boundary) {
    /** Types with which clients send the bytes of a file. */
    private static final Set<String> FILES = Set.of(
            "application/octet-stream",
            "text/csv",
            "text/plain",
            "text/tab-separated-values",
            "application/csv",
            "application/json",
            "application/x-ndjson",
            "application/vnd.ms-excel",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            "application/gzip");

    /** @param contentType the header, or null */
    public static BodyType of(String contentType) {
        String header = contentType == null ? "" : contentType;
        Optional<byte[]> boundary = Optional.ofNullable(
                        HeaderParameters.parse(header).get("boundary"))
                .filter(text -> !text.isEmpty())
                .map(text -> text.getBytes(StandardCharsets.ISO_8859_1));
        return new BodyType(header.split(";", 2)[0].trim().toLowerCase(Locale.ROOT), boundary);
    }

    /** multipart/form-data. */
    public boolean isMultipart() {
        return type.equals("multipart/form-data");
    }

    /** application/json. */
    public boolean isJson() {
        return type.equals("application/json");
    }

    /** Any type that a file may have. */
    public boolean isFile() {
        return FILES.contains(type);
    }
}
