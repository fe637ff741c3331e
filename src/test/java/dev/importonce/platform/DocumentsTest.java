package dev.importonce.platform;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.importonce.problem.ProblemType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the documents say of the project is there. */
class DocumentsTest {
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");
    private static final Pattern HEADING = Pattern.compile("(?m)^#{1,6} (.*)$");
    private static final Pattern CODE_BLOCK = Pattern.compile("(?ms)^```.*?^```$");
    private static final Pattern CLASS_NAME = Pattern.compile("`([a-z]+(?:\\.[a-z]+)*\\.[A-Z]\\w+)`");

    @Test
    void every_link_leads_to_a_file_and_a_heading_in_it() {
        List<String> broken = new ArrayList<>();
        int links = 0;
        for (Path document : documents()) {
            Matcher link = LINK.matcher(prose(document));
            while (link.find()) {
                if (link.group(1).matches("(https?|mailto):.*")) continue;
                links++;
                if (!leadsSomewhere(document, link.group(1))) broken.add(document + ": " + link.group(1));
            }
        }
        assertEquals(List.of(), broken);
        assertTrue(links > 60, "only " + links);
    }

    @Test
    void every_document_can_be_reached_from_the_readme() {
        Set<Path> reached = new HashSet<>();
        List<Path> next = new ArrayList<>(List.of(Path.of("README.md")));
        while (!next.isEmpty()) {
            Path document = next.remove(0);
            if (!reached.add(document)) continue;
            Matcher link = LINK.matcher(prose(document));
            while (link.find()) {
                Path target = target(document, link.group(1));
                if (target.toString().endsWith(".md") && Files.exists(target)) next.add(target);
            }
        }
        assertEquals(
                List.of(),
                documents().stream()
                        .filter(document -> document.startsWith("src/docs") && !reached.contains(document))
                        .toList());
    }

    @Test
    void the_table_of_errors_has_every_type() {
        String table = Manifests.text(Path.of("src/docs/api.md"));
        List<String> missing = Arrays.stream(ProblemType.values())
                .map(type -> type.uri().toString().replace("urn:importonce:problem:", ""))
                .filter(type -> !table.contains("`" + type + "`"))
                .toList();
        assertEquals(List.of(), missing);
    }

    @Test
    void every_class_that_is_named_is_where_it_is_said_to_be() {
        List<String> missing = new ArrayList<>();
        int named = 0;
        for (Path document : documents()) {
            Matcher name = CLASS_NAME.matcher(prose(document));
            while (name.find()) {
                named++;
                Path file =
                        Path.of("src/main/java/dev/importonce", name.group(1).replace('.', '/') + ".java");
                if (!Files.exists(file)) missing.add(document + ": " + name.group(1));
            }
        }
        assertEquals(List.of(), missing);
        assertTrue(named >= 15, "only " + named);
    }

    private static boolean leadsSomewhere(Path document, String link) {
        Path target = target(document, link);
        if (!Files.exists(target)) return false;
        int fragment = link.indexOf('#');
        return fragment < 0 || anchors(target).contains(link.substring(fragment + 1));
    }

    private static Path target(Path document, String link) {
        String path = link.replaceFirst("#.*", "");
        if (path.isEmpty()) return document;
        Path folder = document.getParent() == null ? Path.of("") : document.getParent();
        return folder.resolve(path).normalize();
    }

    /** As GitHub makes them of headings. */
    private static Set<String> anchors(Path document) {
        return HEADING.matcher(CODE_BLOCK.matcher(Manifests.text(document)).replaceAll(""))
                .results()
                .map(heading -> heading.group(1)
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^\\p{L}\\p{N} _-]", "")
                        .replace(' ', '-'))
                .collect(Collectors.toSet());
    }

    private static String prose(Path document) {
        return CODE_BLOCK.matcher(Manifests.text(document)).replaceAll("");
    }

    private static List<Path> documents() {
        List<Path> documents = new ArrayList<>(List.of(Path.of("README.md")));
        for (String folder : List.of("src/docs", "deploy", "supabase-compat", ".github"))
            try (Stream<Path> files = Files.walk(Path.of(folder))) {
                files.filter(file -> file.toString().endsWith(".md")
                                && !file.toString().contains("node_modules"))
                        .forEach(documents::add);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        return documents;
    }
}
