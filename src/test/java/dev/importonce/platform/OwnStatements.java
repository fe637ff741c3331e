package dev.importonce.platform;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The service's statements as they are in its sources. */
final class OwnStatements {
    private static final Pattern STRING = Pattern.compile("\"([^\"\\n]*)\"");

    private OwnStatements() {}

    /** What the statements for declared tables are made of. */
    private static final Pattern TEMPLATE = Pattern.compile("\\{[a-z_]+}");

    /**
     * Those about any of these tables: not COPY, which has no plan.
     *
     * @param file whether a file's are wanted, by its path
     */
    static Set<String> about(Set<String> tables, Predicate<String> file) throws IOException {
        Pattern about = Pattern.compile(
                "(?is)^\\s*(?=(?:select|insert|update|delete|with)\\b).*\\b(?:from|join|into|update)\\s+(?:"
                        + String.join("|", tables) + ")\\b.*");
        Set<String> statements = new TreeSet<>();
        try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
            for (Path path :
                    files.filter(path -> path.toString().endsWith(".java")).toList()) {
                if (!file.test(path.toString())) continue;
                for (String text : texts(Files.readString(path)))
                    if (about.matcher(text).matches() && !TEMPLATE.matcher(text).find()) statements.add(flat(text));
            }
        }
        return statements;
    }

    /** On one line, whatever its parameters are called. */
    static String flat(String text) {
        return text.strip().replaceAll("\\s+", " ").replaceAll("\\$[0-9]+", "?");
    }

    /** Text blocks and strings. */
    private static List<String> texts(String source) {
        List<String> texts = new ArrayList<>();
        String[] parts = source.split("\"\"\"");
        for (int i = 0; i < parts.length; i++)
            if (i % 2 == 1) texts.add(block(parts[i]));
            else STRING.matcher(parts[i]).results().forEach(string -> texts.add(string.group(1)));
        return texts;
    }

    /** As the compiler reads it; one with an escaped character of Unicode stays as it is written. */
    private static String block(String text) {
        try {
            return text.stripIndent().translateEscapes();
        } catch (IllegalArgumentException e) {
            return text;
        }
    }
}
