package dev.importonce.problem;

import dev.importonce.fixture.Send;
import java.util.Random;

/** A file of contacts that has something in it. */
final class SpoiltFile {
    private static final String[] CELLS = {
        "Ann",
        "",
        " ",
        "\"quoted, \"\"twice\"\"\"",
        "\"two\nlines\"",
        "\"closed\"behind",
        "be\"tween",
        "=1+1",
        "'=1+1",
        "\u0000",
        "e\u0301\u00E9",
        "\uD83D\uDE00".repeat(300),
        "\u202Eright to left",
        "x".repeat(20_000),
        "ann@example.com",
    };
    private static final String[] EMAILS = {
        "@",
        "a@",
        "@b.example",
        "a@@b.example",
        "a b@c.example",
        "a@b",
        "a@b..example",
        "a@.example",
        "a@b.example.",
        "\u00E4@m\u00FCller.example",
        "\u180E\u200B\uFEFF@b.example",
        "a\u0085@b.example",
        "\u0130\u1E9E@stra\u00DFe.example",
        "a@xn--.example",
        "a@" + "b".repeat(64) + ".example",
        "a".repeat(250) + "@b.example",
        "a@\uD83D\uDE00.example",
        "a@\u05D0b.example",
        "a@-b-.example",
        "\u0000@b.example",
        "A@B.EXAMPLE",
    };
    private static final String[] HEADERS = {
        "email,first,last",
        "E-Mail ,EMAIL,first,last",
        "\"email\",\"first\",\"last\"",
        "\uFEFFemail,first,last",
        "email,first,last,,,",
        "email,first,last,_row,_reason",
        "email,first,last,tag,TAG",
        "email,first,last,no\u0000te",
        "email;first;last",
        "email\tfirst\tlast",
        "email",
        "",
        "\"",
        ",",
    };

    private final Random random;

    SpoiltFile(Random random) {
        this.random = random;
    }

    byte[] bytes() {
        String end = random.nextInt(4) == 0 ? "\r\n" : random.nextInt(8) == 0 ? "\r" : "\n";
        StringBuilder file = new StringBuilder(random.nextInt(3) == 0 ? any(HEADERS) : HEADERS[0]).append(end);
        for (int row = random.nextInt(12); row >= 0; row--) file.append(row()).append(end);
        if (random.nextInt(40) == 0)
            file.append(",".repeat(random.nextInt(40_000))).append(end);
        if (random.nextInt(40) == 0)
            file.append("x".repeat(random.nextInt(2_000_000))).append(end);
        byte[] bytes = Send.utf8(file.toString());
        return random.nextInt(4) == 0 ? new Spoiler(random).bytes(bytes) : bytes;
    }

    private String row() {
        String email = random.nextInt(3) == 0 ? any(EMAILS) : "p" + random.nextInt(500) + "@example.com";
        return switch (random.nextInt(10)) {
            case 0 -> "";
            case 1 -> email;
            case 2 -> email + "," + any(CELLS) + "," + any(CELLS) + "," + any(CELLS);
            case 3 -> any(CELLS) + "," + any(CELLS) + "," + any(CELLS);
            default -> email + "," + any(CELLS) + ",Lee";
        };
    }

    private String any(String[] values) {
        return values[random.nextInt(values.length)];
    }
}
