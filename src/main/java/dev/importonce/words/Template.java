package dev.importonce.words;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A sentence of one language with places for parameters, such as {@code {column}}. */
final class Template {
    private static final Pattern PARAMETER = Pattern.compile("\\{([a-z][A-Za-z]*)}");

    private final List<String> texts = new ArrayList<>();
    private final List<String> names = new ArrayList<>();
    private volatile Pattern pattern;

    Template(String text) {
        Matcher parameter = PARAMETER.matcher(text);
        int from = 0;
        while (parameter.find()) {
            texts.add(text.substring(from, parameter.start()));
            names.add(parameter.group(1));
            from = parameter.end();
        }
        texts.add(text.substring(from));
    }

    /** The names of the parameters in the order of the text; one may be there twice. */
    List<String> names() {
        return names;
    }

    /** The values of the parameters with which the text was made; empty for another text. Each is taken as long as it can be. */
    Optional<List<String>> values(String text) {
        if (pattern == null)
            pattern = Pattern.compile(
                    texts.stream().map(Pattern::quote).collect(Collectors.joining("(.*)")), Pattern.DOTALL);
        Matcher found = pattern.matcher(text);
        if (!found.matches()) return Optional.empty();
        return Optional.of(
                IntStream.rangeClosed(1, names.size()).mapToObj(found::group).toList());
    }

    /**
     * The text.
     *
     * @param value of a parameter, or null
     * @return null: a parameter has no value
     */
    String fill(Function<String, String> value) {
        StringBuilder filled = new StringBuilder(texts.get(0));
        for (int i = 0; i < names.size(); i++) {
            String text = value.apply(names.get(i));
            if (text == null) return null;
            filled.append(text).append(texts.get(i + 1));
        }
        return filled.toString();
    }
}
