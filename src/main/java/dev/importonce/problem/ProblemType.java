package dev.importonce.problem;

import java.net.URI;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The catalogue of all error answers: a stable type, its title and its status. */
public enum ProblemType {
    MALFORMED_REQUEST(400, "The request cannot be read"),
    UNAUTHENTICATED(401, "Sign in first"),
    FORBIDDEN(403, "Not allowed"),
    NOT_FOUND(404, "Not found"),
    METHOD_NOT_ALLOWED(405, "Method not allowed here"),
    NOT_ACCEPTABLE(406, "No such representation"),
    SLOW_SENDER(408, "The body comes too slowly"),
    CONFLICT(409, "Not in this state"),
    SOURCE_GONE(410, "The file is no longer kept"),
    TUS_VERSION(412, "Another version of tus"),
    TOO_LARGE(413, "Too large"),
    UNSUPPORTED_MEDIA_TYPE(415, "Unsupported body type"),
    EMPTY_FILE(422, "The file is empty"),
    NO_DATA_ROWS(422, "The file has no data rows"),
    UNREADABLE_FILE(422, "The file cannot be read"),
    TOO_COMPLEX(422, "The file goes beyond a limit"),
    TOO_SLOW(422, "The file takes too long to read"),
    AMBIGUOUS_ENCODING(422, "The encoding of the file is not clear"),
    UNKNOWN_SHEET(422, "A sheet of the mapping is not in the file"),
    UNKNOWN_COLUMN(422, "A column of the mapping is not in the file"),
    DUPLICATE_HEADER(422, "A column header occurs twice"),
    INVALID_MAPPING(422, "The mapping is not valid"),
    INVALID_DECLARATION(422, "The declaration does not fit"),
    TARGET_CHANGED(422, "The table is no longer as declared"),
    ROWS_REFUSED(422, "The table refuses too many rows"),
    INVALID_PARAMETER(422, "A parameter is not valid"),
    IDEMPOTENCY_KEY_REUSED(422, "The Idempotency-Key was used for another request"),
    TOO_MANY_REQUESTS(429, "Too much at once"),
    INTERNAL_ERROR(500, "Something went wrong here"),
    BUSY(503, "Too much of this is going on at once"),
    UNAVAILABLE(503, "Temporarily unavailable");

    private final int status;
    private final String title;

    ProblemType(int status, String title) {
        this.status = status;
        this.title = title;
    }

    /** The entry with this type, if it is (still) in the catalogue. */
    static Optional<ProblemType> of(URI uri) {
        return Arrays.stream(values()).filter(type -> type.uri().equals(uri)).findFirst();
    }

    /** Whether the file itself is the cause, so that the same file always gets the same answer. */
    public boolean isOfTheFile() {
        return status == 413 || status == 422 && this != TOO_SLOW;
    }

    /** HTTP status code. */
    public int status() {
        return status;
    }

    /** The same sentence for every occurrence of this type. */
    public String title() {
        return title;
    }

    /** Headers of the answer: how to sign in, after how many seconds to try again. */
    public Map<String, String> headers() {
        if (this == UNAUTHENTICATED) return Map.of("WWW-Authenticate", "Bearer");
        return status == 503 || status == 429 ? Map.of("Retry-After", "2") : Map.of();
    }

    /** The name in kebab case. */
    String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** {@code urn:importonce:problem:} and the name in kebab case; never changes. */
    public URI uri() {
        return URI.create("urn:importonce:problem:" + word());
    }
}
