package dev.importonce.target.type;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Several texts in a cell, as an array of PostgreSQL. Blanks around a text and texts that are blank do not count.
 *
 * @param separator what is between them
 */
public record TextList(String separator) implements Normaliser {
    /** Number of texts in a cell. */
    static final int MOST = 1_000;

    @Override
    public String normalise(String value) throws Refused {
        List<String> texts = new ArrayList<>();
        for (int from = 0; from <= value.length(); ) {
            int to = value.indexOf(separator, from);
            if (to < 0) to = value.length();
            String text = Cells.clean(value.substring(from, to));
            if (!text.isEmpty()) texts.add(text);
            if (texts.size() > MOST) throw new Refused("too-many-values", MOST);
            from = to + separator.length();
        }
        return array(texts);
    }

    /** An array as PostgreSQL writes it. */
    public static String array(List<String> texts) {
        return texts.stream()
                .map(text -> '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"')
                .collect(Collectors.joining(",", "{", "}"));
    }
}
