package dev.importonce.paging;

import dev.importonce.problem.ProblemException;
import dev.importonce.problem.ProblemType;
import dev.importonce.words.Sentence;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

/** A position in a list, opaque to the caller: the sort values of the last item seen. */
public final class Cursor {
    private static final String SEPARATOR = "\n";

    private Cursor() {}

    /** Writes a position. */
    public static String write(Object... values) {
        String text = String.join(
                SEPARATOR, List.of(values).stream().map(Object::toString).toList());
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Reads a position with this number of values. */
    public static List<String> read(String cursor, int values) {
        try {
            String text = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
            List<String> parts = List.of(text.split(SEPARATOR, -1));
            if (parts.size() == values && text.indexOf('\0') < 0) return parts;
        } catch (IllegalArgumentException e) {
            throw invalid();
        }
        throw invalid();
    }

    /** The answer to a cursor that this service has not made. */
    public static ProblemException invalid() {
        return new ProblemException(ProblemType.INVALID_PARAMETER, Sentence.of("cursor-changed"));
    }
}
