package dev.importonce.target.type;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Yes or no: digits, and the words that people and spreadsheets write in ten languages. A cross may mean either. */
public final class Truth implements Normaliser {
    private static final Map<String, String> WORDS = words(
            List.of(
                    "1 true yes y t on \u2713 \u2714 \u2611 \u2705",
                    "wahr ja j",
                    "vrai oui o",
                    "verdadero s\u00ed si s",
                    "vero s\u00ec",
                    "verdadeiro sim",
                    "waar",
                    "prawda tak",
                    "do\u011fru evet e",
                    "sant"),
            List.of(
                    "0 false no n f off \u2717 \u2718 \u2610",
                    "falsch nein",
                    "faux non",
                    "falso",
                    "n\u00e3o nao",
                    "onwaar nee",
                    "fa\u0142sz nie",
                    "yanl\u0131\u015f hay\u0131r h",
                    "falskt nej"));

    private static Map<String, String> words(List<String> yes, List<String> no) {
        Map<String, String> words = new HashMap<>();
        for (String line : yes) for (String word : line.split(" ")) words.put(Words.folded(word), "true");
        for (String line : no) for (String word : line.split(" ")) words.put(Words.folded(word), "false");
        return Map.copyOf(words);
    }

    @Override
    public String normalise(String value) throws Refused {
        String truth = WORDS.get(Words.folded(value));
        if (truth == null) throw new Refused("neither-yes-nor-no");
        return truth;
    }
}
