package dev.importonce.target.type;

import dev.importonce.words.Sentence;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One of several values, which may have other names in files. Case and blanks make no difference. */
public final class Choice implements Normaliser {
    private static final int SHOWN = 10;

    private final List<String> values;
    private final Map<String, String> names = new LinkedHashMap<>();

    /**
     * @param values each value with its other names
     * @throws SharedName when two values have the same name
     */
    public Choice(Map<String, List<String>> values) {
        this.values = new ArrayList<>(values.keySet());
        values.forEach((value, others) -> {
            name(value, value);
            others.forEach(other -> name(other, value));
        });
    }

    /** The values, without their other names. */
    public List<String> values() {
        return List.copyOf(values);
    }

    private void name(String name, String value) {
        String taken = names.putIfAbsent(Words.folded(name), value);
        if (taken != null && !taken.equals(value)) throw new SharedName(name, taken, value);
    }

    @Override
    public String normalise(String text) throws Refused {
        String value = names.get(Words.folded(text));
        if (value == null) throw refused();
        return value;
    }

    private Refused refused() {
        String first = String.join(", ", values.subList(0, Math.min(SHOWN, values.size())));
        return values.size() <= SHOWN
                ? new Refused("not-in-list", first)
                : new Refused("not-in-long-list", first, values.size() - SHOWN);
    }

    /** Two values have the same name. */
    public static final class SharedName extends IllegalArgumentException {
        private static final long serialVersionUID = 1;

        private final transient Sentence reason;

        private SharedName(String name, String one, String other) {
            this(Sentence.of("values-share-name", name, one, other));
        }

        private SharedName(Sentence reason) {
            super(reason.english());
            this.reason = reason;
        }

        /** Which values, and which name. */
        public Sentence reason() {
            return reason;
        }
    }
}
