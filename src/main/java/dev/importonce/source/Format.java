package dev.importonce.source;

/**
 * How the bytes of a source are read; every part resolved.
 *
 * @param type {@code csv}
 * @param delimiter one character, ASCII
 * @param encoding canonical name of the character set, {@code UTF-8}
 */
public record Format(String type, String delimiter, String encoding) {
    static Format csv(char delimiter) {
        return new Format("csv", String.valueOf(delimiter), "UTF-8");
    }

    char separator() {
        return delimiter.charAt(0);
    }
}
