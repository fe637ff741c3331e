package dev.importonce.http;

import java.nio.charset.StandardCharsets;

/** The name a sender gives a file: shown, never used as a path. */
public final class FileName {
    private static final int MAX_CHARS = 255;

    private FileName() {}

    /** Without directories and control characters, at most 255 characters; null when nothing is left. */
    public static String of(String sent) {
        if (sent == null) return null;
        // Browsers write a quote and a line break inside quotes like this (HTML, multipart/form-data encoding).
        sent = sent.replace("%22", "\"").replace("%0D", "").replace("%0A", "");
        String name = sent.substring(Math.max(sent.lastIndexOf('/'), sent.lastIndexOf('\\')) + 1);
        name = new String(name.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
        name = name.replaceAll("\\p{Cc}", "").strip();
        int end = name.offsetByCodePoints(0, Math.min(MAX_CHARS, name.codePointCount(0, name.length())));
        // The cut may leave a space at the end.
        return name.isEmpty() ? null : name.substring(0, end).stripTrailing();
    }
}
