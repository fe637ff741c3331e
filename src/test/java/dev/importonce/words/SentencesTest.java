package dev.importonce.words;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SentencesTest {
    private static final Path SOURCES = Path.of("src/main/java");
    private static final Path FILES = Path.of("src/main/resources/dev/importonce/words");

    /** What looks like a place for a parameter, or like another reason's words, inside a parameter. */
    private static final List<String> NASTY = List.of(
            "a \"b\" c",
            "{column}",
            "{value} {reason}",
            "two\nlines\r\n\t",
            "Cell 7 is blank. Row 3: has no digits",
            "\\N \\u0041 $1 \\E",
            "\uD83D\uDE00 \u202Eabc",
            "");

    @ParameterizedTest
    @EnumSource(Language.class)
    void each_language_has_every_sentence(Language language) {
        assertEquals(
                new TreeSet<>(Language.EN.templates().keySet()),
                new TreeSet<>(language.templates().keySet()));
    }

    /** The last of two would be said, and the other one forgotten. */
    @ParameterizedTest
    @EnumSource(Language.class)
    void no_sentence_is_there_twice(Language language) throws IOException {
        List<String> codes = Files.readAllLines(FILES.resolve(language.tag() + ".properties")).stream()
                .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                .map(line -> line.substring(0, line.indexOf('=')))
                .toList();

        assertEquals(codes.stream().distinct().toList(), codes);
    }

    @ParameterizedTest
    @EnumSource(Language.class)
    void each_sentence_has_the_same_parameters(Language language) {
        Language.EN
                .templates()
                .forEach((code, template) -> assertEquals(
                        template.names().stream().sorted().toList(),
                        language.names(code).stream().sorted().toList(),
                        language + " " + code));
    }

    @ParameterizedTest
    @EnumSource(Language.class)
    void parameters_are_said_as_they_are(Language language) {
        for (String nasty : NASTY)
            Language.EN.templates().forEach((code, template) -> {
                Map<String, Object> parameters = new LinkedHashMap<>();
                template.names().forEach(name -> parameters.put(name, nasty));
                String said = language.say(code, parameters).orElseThrow();
                assertTrue(template.names().isEmpty() || said.contains(nasty), code);
            });
    }

    @Test
    void a_sentence_about_a_cell_names_column_and_value() {
        Sentence reason = Sentence.of("too-long", 5).about("Na\"me", "x\" is blank");

        assertEquals("Na\"me \"x\" is blank\" is longer than 5 characters.", reason.english());
        assertEquals("Na\"me „x\" is blank“: Der Wert ist länger als 5 Zeichen.", say(Language.DE, reason));
        assertEquals(
                "Name: falta el valor.", say(Language.ES, Sentence.of("blank").about("Name", "")));
    }

    @Test
    void a_part_of_a_sentence_is_said_in_its_language_too() {
        Sentence part = Sentence.of("place-constraint-on", "price_is_fair", "price");

        assertEquals(
                "Die Prüfung der Tabelle lehnt sie ab (price_is_fair auf price).",
                say(Language.DE, Sentence.of("refused-by-check", part)));
    }

    @Test
    void a_sentence_of_another_version_stays_english() {
        assertEquals("A word.", Language.JA.say("not-known-here", Map.of(), "A word."));
        assertEquals("A word.", Language.JA.say(null, null, "A word."));
        assertEquals("Too long.", Language.JA.say("too-long", Map.of("other", "5"), "Too long."));
        assertEquals("Too long.", Language.JA.say("fault-of-row", Map.of("row", "1", "fault", Map.of()), "Too long."));
    }

    @Test
    void a_sentence_without_parameters_is_known_by_its_text() {
        assertEquals(
                "no-bytes",
                Sentence.said("The file has no bytes. Choose another file.").code());
        assertEquals(null, Sentence.said("Something else.").code());
    }

    @Test
    void a_sentence_needs_its_parameters() {
        assertThrows(IllegalArgumentException.class, () -> Sentence.of("too-long"));
        assertThrows(IllegalArgumentException.class, () -> Sentence.of("blank", 1));
        assertThrows(IllegalArgumentException.class, () -> Sentence.of("no-such-code"));
    }

    @Test
    void every_code_in_the_sources_is_a_sentence() throws IOException {
        Matcher said = Pattern.compile(
                        "(?:Sentence\\.of|new (?:Normaliser\\.)?Refused|tooComplex|\\.notice)\\(\\s*\"([^\"]*)\"")
                .matcher(sources());
        Set<String> unknown = new TreeSet<>();
        while (said.find()) if (!Language.EN.templates().containsKey(said.group(1))) unknown.add(said.group(1));
        assertEquals(Set.of(), unknown);
    }

    @Test
    void every_sentence_is_said_somewhere() throws IOException {
        String sources = sources();
        Set<String> unsaid = new TreeSet<>(Language.EN.templates().keySet());
        unsaid.removeIf(code -> code.startsWith("title.") || sources.contains("\"" + code + "\""));
        assertEquals(Set.of(), unsaid);
    }

    private static String say(Language language, Sentence sentence) {
        return language.say(sentence.code(), sentence.parameters()).orElseThrow();
    }

    /** All sources. */
    private static String sources() throws IOException {
        StringBuilder all = new StringBuilder();
        try (Stream<Path> files = Files.walk(SOURCES)) {
            for (Path file :
                    files.filter(each -> each.toString().endsWith(".java")).toList())
                all.append(Files.readString(file));
        }
        return all.toString();
    }
}
