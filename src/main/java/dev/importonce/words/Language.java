package dev.importonce.words;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

/**
 * A language in which the service speaks to people. Its sentences are in a file of its own, by code; the file is read when the
 * first sentence is said in the language.
 */
public enum Language {
    EN,
    DE,
    FR,
    ES,
    IT,
    PT,
    NL,
    PL,
    JA,
    AR;

    /** A longer wish is not read: browsers send less than a hundred characters. */
    private static final int MOST_CHARS = 500;

    private static final List<String> TAGS =
            Arrays.stream(values()).map(Language::tag).toList();

    /** What is said about a cell: the reason, with the column and the beginning of the value. */
    private static final String ABOUT_CELL = "about-cell";

    /** The same about a blank cell. */
    private static final String ABOUT_COLUMN = "about-column";

    private static final String COLUMN = "column";

    private volatile Map<String, Template> templates;

    /**
     * The language that a request asks for; English if it asks for none of ours, or in a way that cannot be read.
     *
     * @param locale what the request names, such as {@code de} or {@code de-AT}; null: nothing
     * @param accepted its Accept-Language (RFC 9110, section 12.5.4), which counts if no locale is named; null: there is none
     */
    public static Language of(String locale, String accepted) {
        String wish = locale == null ? accepted : locale.replace('_', '-');
        if (wish == null || wish.isBlank() || wish.length() > MOST_CHARS) return EN;
        try {
            List<Locale.LanguageRange> ranges = Locale.LanguageRange.parse(wish).stream()
                    .filter(range -> range.getWeight() > 0)
                    .toList();
            String tag = Locale.lookupTag(ranges, TAGS);
            return tag == null ? EN : valueOf(tag.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException | IndexOutOfBoundsException malformed) {
            // The second is what the library throws for a lone hyphen.
            return EN;
        }
    }

    /** As in BCP 47. */
    public String tag() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The sentence in this language.
     *
     * @param parameters by name; each a text, or a part of the sentence that has a code and parameters itself
     * @return empty: the code is not known, or a parameter is missing, as in what another version has stored
     */
    public Optional<String> say(String code, Map<String, ?> parameters) {
        Template template = code == null ? null : templates().get(code);
        if (template == null) return Optional.empty();
        String said = template.fill(name -> text(parameters.get(name)));
        boolean aboutCell = parameters.containsKey(COLUMN) && !template.names().contains(COLUMN);
        if (said == null || !aboutCell) return Optional.ofNullable(said);
        Template frame = templates().get(parameters.containsKey("value") ? ABOUT_CELL : ABOUT_COLUMN);
        return Optional.ofNullable(frame.fill(name -> name.equals("reason") ? said : text(parameters.get(name))));
    }

    /** The sentence in this language if it can be said in it, else the English one. */
    public String say(String code, Map<String, ?> parameters, String english) {
        if (this == EN) return english;
        return say(code, parameters == null ? Map.of() : parameters).orElse(english);
    }

    /** The names of a sentence's parameters, in the order of its text; empty for a code that is not known. */
    List<String> names(String code) {
        Template template = code == null ? null : templates().get(code);
        return template == null ? List.of() : template.names();
    }

    private String text(Object value) {
        if (!(value instanceof Map<?, ?> part)) return value == null ? null : value.toString();
        if (!(part.get(Sentence.CODE) instanceof String code)) return null;
        Map<String, Object> parameters = new HashMap<>();
        if (part.get(Sentence.PARAMETERS) instanceof Map<?, ?> own)
            own.forEach((name, each) -> parameters.put(String.valueOf(name), each));
        return say(code, parameters).orElse(null);
    }

    Map<String, Template> templates() {
        Map<String, Template> read = templates;
        if (read == null) templates = read = read();
        return read;
    }

    private Map<String, Template> read() {
        Properties texts = new Properties();
        try (InputStream file = Language.class.getResourceAsStream(tag() + ".properties")) {
            texts.load(new InputStreamReader(file, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Map<String, Template> read = new HashMap<>();
        texts.stringPropertyNames().forEach(code -> read.put(code, new Template(texts.getProperty(code))));
        return Map.copyOf(read);
    }
}
