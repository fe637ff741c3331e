package dev.importonce.source.detect;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.lang.Character.UnicodeScript;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The languages of files. {@code src/bench/Letters.java} makes the data; they are loaded for the first text that is neither
 * ASCII nor Unicode.
 *
 * <p>Each language has a line with its tag and script, a line with its letters, and a line for each letter, the border of a
 * word first. A letter's line has a character for each letter that may follow it, whose code, counted from {@code !}, is the
 * cost in fifths. A language with ideographs has only the line of letters.
 */
final class Letters {
    private static final List<Language> LANGUAGES = read();
    private static final float STEPS = 5;

    /** Cache of the costs of words in each language, since most words occur in more than one reading. */
    private final Map<String, float[]> costs = new HashMap<>();

    /** The languages, in the order of the array of {@link #costs}. */
    static List<Language> languages() {
        return LANGUAGES;
    }

    /** The cost of a word in each language. */
    float[] costs(String word) {
        return costs.computeIfAbsent(word, Letters::costsOf);
    }

    private static float[] costsOf(String word) {
        float[] costs = new float[LANGUAGES.size()];
        for (int i = 0; i < costs.length; i++) costs[i] = LANGUAGES.get(i).cost(word);
        return costs;
    }

    private static List<Language> read() {
        List<Language> languages = new ArrayList<>();
        try (InputStream in = Letters.class.getResourceAsStream("letters.txt");
                BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            for (String head = lines.readLine(); head != null; head = lines.readLine())
                languages.add(language(head.split(" "), lines));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return List.copyOf(languages);
    }

    private static Language language(String[] head, BufferedReader lines) throws IOException {
        String letters = lines.readLine();
        switch (head[1]) {
            case "JAPANESE":
                return new Ideographs(head[0], letters, new Ideographs.Others(7, 9.5f, Language.OTHER_SCRIPT));
            case "HAN":
                return new Ideographs(head[0], letters, new Ideographs.Others(12, 9.5f, Language.OTHER_SCRIPT));
            case "HANGUL":
                return new Ideographs(head[0], letters, new Ideographs.Others(12, 14, 9));
            default:
                float[][] costs = new float[letters.length()][letters.length()];
                for (float[] row : costs) {
                    String line = lines.readLine();
                    for (int i = 0; i < row.length; i++) row[i] = (line.charAt(i) - '!') / STEPS;
                }
                return new Alphabet(head[0], UnicodeScript.forName(head[1]), letters, costs);
        }
    }
}
