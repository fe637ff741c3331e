package dev.importonce.http;

import dev.importonce.problem.ProblemException;
import dev.importonce.problem.ProblemType;
import dev.importonce.words.Sentence;
import java.util.Map;
import org.apache.commons.fileupload2.core.ParameterParser;

/** The parameters of a Content-Type or Content-Disposition header (RFC 9110, section 5.6.6). */
public final class HeaderParameters {
    private HeaderParameters() {}

    /** @return values by name in lower case; null for a name without a value */
    public static Map<String, String> parse(String header) {
        ParameterParser parser = new ParameterParser();
        parser.setLowerCaseNames(true);
        try {
            return parser.parse(header, ';');
        } catch (IllegalArgumentException e) {
            // The library decodes values that look encoded (RFC 2047, RFC 8187), and fails if they are not.
            throw new ProblemException(ProblemType.MALFORMED_REQUEST, Sentence.of("header-not-decoded"));
        }
    }
}
