package dev.importonce.words;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A sentence for a person, which can be said in each {@link Language}.
 *
 * @param code what it says, in kebab case; never changes. Null: it can be said only as it is
 * @param parameters by name; each a text, or a part of the sentence, as an object with {@code code} and {@code parameters}
 * @param text the English sentence, if it was made without its parameters; null: the code and the parameters are all
 */
public record Sentence(String code, Map<String, Object> parameters, String text) {
    static final String CODE = "code";
    static final String PARAMETERS = "parameters";

    /**
     * A sentence of the English file.
     *
     * @param values of its parameters in the order of the English text: texts, numbers, or sentences that are a part of this one
     */
    public static Sentence of(String code, Object... values) {
        List<String> names = Language.EN.names(code);
        if (names.size() != values.length
                || names.isEmpty() && Language.EN.say(code, Map.of()).isEmpty())
            throw new IllegalArgumentException("no sentence " + code + " with " + values.length + " parameters");
        Map<String, Object> parameters = new LinkedHashMap<>();
        for (int i = 0; i < values.length; i++) parameters.put(names.get(i), value(values[i]));
        return new Sentence(code, parameters, null);
    }

    /**
     * An English sentence that an older version has stored, or that was made elsewhere; its code is known if the English file has
     * it, without parameters. What the service itself says is made {@link #of} a code.
     */
    public static Sentence said(String english) {
        return new Sentence(Known.CODES.get(english), Map.of(), english);
    }

    /**
     * The sentence of this code that has that English text, with its parameters; empty for another text. Exact only if each
     * parameter but one has no blank in it, such as a number.
     */
    public static Optional<Sentence> recognised(String code, String english) {
        return Language.EN.templates().get(code).values(english).map(values -> of(code, values.toArray()));
    }

    /**
     * This reason as one about a cell.
     *
     * @param value the beginning of its value; empty: the cell is blank
     */
    public Sentence about(String column, String value) {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("column", column);
        if (!value.isEmpty()) all.put("value", value);
        all.putAll(parameters);
        return new Sentence(code, all, null);
    }

    /** The English sentence. */
    public String english() {
        return text != null ? text : Language.EN.say(code, parameters).orElseThrow();
    }

    private static Object value(Object value) {
        if (!(value instanceof Sentence part)) return String.valueOf(value);
        if (part.code() == null) return part.text();
        return Map.of(CODE, part.code(), PARAMETERS, part.parameters());
    }

    /** The English sentences without parameters; read when the first sentence from elsewhere comes. */
    private static final class Known {
        static final Map<String, String> CODES = new HashMap<>();

        static {
            Language.EN.templates().forEach((code, template) -> {
                if (template.names().isEmpty()) CODES.put(template.fill(name -> null), code);
            });
        }

        private Known() {}
    }
}
