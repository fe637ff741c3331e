package dev.importonce.target.declare;

import dev.importonce.json.JsonProperties;
import dev.importonce.words.Sentence;
import java.util.LinkedHashMap;
import java.util.Map;

/** Reads labels: language to text. */
final class Labels {
    private static final String LANGUAGE = "[a-z]{2,3}(-[A-Za-z0-9]{2,8})*";
    private static final int LONGEST = 200;

    private Labels() {}

    /** The property {@code label}; empty: nothing is said. */
    static Map<String, String> read(JsonProperties json) {
        JsonProperties label = json.object("label");
        Map<String, String> labels = new LinkedHashMap<>();
        if (label == null) return labels;
        for (String language : label.properties()) {
            String text = label.requiredText(language, "label-missing");
            if (!language.matches(LANGUAGE)) label.fault(language, Sentence.of("not-a-language"));
            else if (text != null && text.length() > LONGEST)
                label.fault(language, Sentence.of("label-too-long", LONGEST));
            labels.put(language, text);
        }
        return labels;
    }
}
