package dev.importonce.problem;

import dev.importonce.fixture.Imports;
import dev.importonce.fixture.Send;
import java.util.Random;
import java.util.regex.Matcher;

/** A mapping of the files of {@link SpoiltFile} that is not quite one. */
final class SpoiltMapping {
    private static final String[] VALUES = {
        "null",
        "true",
        "-1",
        "1e400",
        "123456789012345678901234567890",
        "0.1",
        "[]",
        "{}",
        "{\"email\": \"email\"}",
        "[".repeat(7) + "]".repeat(7),
        "[".repeat(5_000),
        "\"\"",
        "\" email \"",
        "\"csv\"",
        "\"contacts\"",
        "\"\\u0000\"",
        "\"\\ud800\"",
        "\"\\udc00\\ud800\"",
        "\"" + "x".repeat(60_000) + "\"",
        "\"" + "x".repeat(70_000) + "\"",
        "\"\u0301\u212B\"",
        "NaN",
        "'single'",
        "9".repeat(1_500),
        "\"00000000-0000-0000-0000-000000000001\"",
    };
    private static final String[] PROPERTIES = {
        "\"target\"",
        "\"orgId\"",
        "\"fields\"",
        "\"unmapped\"",
        "\"onExisting\"",
        "\"onBlank\"",
        "\"undoable\"",
        "\"format\"",
        "\"values\"",
        "\"numbers\"",
        "\"dates\"",
        "\"\"",
        "\"a/b~c\"",
        "\"\\u0000\"",
        "\"\\ud800\"",
        "\"__proto__\"",
        "\"" + "n".repeat(55_000) + "\"",
        "unquoted",
    };
    private static final String[] GOOD = {
        "\"unmapped\": \"attributes\"",
        "\"onExisting\": \"fill\"",
        "\"onExisting\": \"skip\"",
        "\"onBlank\": \"clear\"",
        "\"numbers\": {\"decimal\": \",\"}",
        "\"dates\": {\"order\": \"dmy\", \"zone\": \"Europe/Berlin\"}",
        "\"values\": {\"email\": {\"NULL\": \"\", \"\": \"x@example.com\"}}",
        "\"undoable\": false",
        "\"format\": {\"delimiter\": \";\"}",
        "\"format\": {\"delimiter\": \",\", \"encoding\": \"UTF-8\", \"type\": \"csv\"}",
        "\"orgId\": \"00000000-0000-0000-0000-000000000001\"",
    };

    private final Random random;

    SpoiltMapping(Random random) {
        this.random = random;
    }

    byte[] bytes() {
        String mapping = Imports.MAPPING.strip();
        while (random.nextInt(3) == 0) mapping = with(mapping, any(GOOD));
        if (random.nextInt(6) == 0) mapping = with(mapping, any(PROPERTIES) + ": " + any(VALUES));
        if (random.nextInt(12) == 0)
            mapping = mapping.replaceFirst("\"(email|first|last|contacts)\"", Matcher.quoteReplacement(any(VALUES)));
        if (random.nextInt(20) == 0) mapping = mapping + any(VALUES);
        byte[] bytes = Send.utf8(mapping);
        return random.nextInt(6) == 0 ? new Spoiler(random).bytes(bytes) : bytes;
    }

    private static String with(String mapping, String property) {
        return "{" + property + ", " + mapping.substring(1);
    }

    private String any(String[] values) {
        return values[random.nextInt(values.length)];
    }
}
