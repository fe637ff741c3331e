package dev.importonce.json;

import com.fasterxml.jackson.databind.JsonNode;
import dev.importonce.key.Nfc;
import dev.importonce.problem.Fault;
import dev.importonce.words.Sentence;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The properties of a JSON object of a caller. Reading them collects the faults of the whole document. Null says nothing. */
public final class JsonProperties {
    private final JsonNode json;
    private final String pointer;
    private final Map<String, Fault> faults;

    /** @param json an object */
    public JsonProperties(JsonNode json) {
        this(json, "", new LinkedHashMap<>());
    }

    private JsonProperties(JsonNode json, String pointer, Map<String, Fault> faults) {
        this.json = json;
        this.pointer = pointer;
        this.faults = faults;
    }

    /** The faults of the whole document so far. */
    public List<Fault> faults() {
        return List.copyOf(faults.values());
    }

    /** Only the first of several faults at one place is kept: the others are its consequences. */
    public void fault(String property, Sentence detail) {
        faultAt(at(property), detail);
    }

    private void faultAt(String place, Sentence detail) {
        faults.putIfAbsent(place, Fault.at(place, detail));
    }

    /** Refuses every property that is not known. */
    public JsonProperties known(Set<String> known) {
        json.fieldNames().forEachRemaining(name -> {
            if (!known.contains(name))
                fault(name, Sentence.of("unknown-property", String.join(", ", new TreeSet<>(known))));
        });
        return this;
    }

    /** Whether anything is said about the property. */
    public boolean has(String property) {
        return json.hasNonNull(property);
    }

    /** Whether the property is there, perhaps with null. */
    public boolean names(String property) {
        return json.has(property);
    }

    /** In NFC; null: nothing is said, or a fault. */
    public String text(String property) {
        return text(json.get(property), at(property));
    }

    /** A text that is written at the property, such as its name, in NFC; null: a fault. */
    public String usable(String property, String text, int most) {
        if (text.length() <= most) return usable(text, at(property));
        fault(property, Sentence.of("this-too-long", most));
        return null;
    }

    /** The text as it was sent; null: it is none, which is no fault. */
    public String sent(String property) {
        return json.path(property).textValue();
    }

    /**
     * As {@link #text}, but something has to be said.
     *
     * @param missing code of the sentence, otherwise
     */
    public String requiredText(String property, String missing) {
        String text = text(property);
        if (text == null || text.isBlank()) fault(property, Sentence.of(missing));
        return text;
    }

    /** A text or a number, as text. */
    public String scalar(String property) {
        JsonNode node = json.get(property);
        return node != null && node.isNumber() ? node.asText() : text(property);
    }

    public boolean flag(String property) {
        JsonNode node = json.get(property);
        if (node == null || node.isNull()) return false;
        if (!node.isBoolean()) fault(property, Sentence.of("must-be-true-or-false", property));
        return node.asBoolean();
    }

    /** A number without a fraction, however it is written; null: nothing is said, or a fault. */
    public Integer integer(String property, int min, int max) {
        JsonNode node = json.get(property);
        if (node == null || node.isNull()) return null;
        if (isWhole(node) && isWithin(node.decimalValue(), min, max)) return node.intValue();
        fault(property, Sentence.of("must-be-whole-number-from", property, min, max));
        return null;
    }

    /** Null: nothing is said, or a fault. */
    public <E extends Enum<E>> E choice(String property, Class<E> type) {
        String text = text(property);
        return text == null ? null : choice(property, text, type);
    }

    private <E extends Enum<E>> E choice(String property, String text, Class<E> type) {
        for (E choice : type.getEnumConstants()) if (word(choice).equals(text)) return choice;
        List<String> words =
                Arrays.stream(type.getEnumConstants()).map(JsonProperties::word).toList();
        fault(property, Sentence.of("must-be-one-of", property, String.join(", ", words)));
        return null;
    }

    /** Several choices; none: nothing is said. */
    public <E extends Enum<E>> List<E> choices(String property, Class<E> type) {
        List<E> choices = new ArrayList<>();
        for (String text : texts(property, type.getEnumConstants().length)) {
            E choice = choice(property, text, type);
            if (choice != null) choices.add(choice);
        }
        return choices;
    }

    /** A list of texts; none: nothing is said. */
    public List<String> texts(String property, int most) {
        JsonNode node = json.get(property);
        List<String> texts = new ArrayList<>();
        if (node == null || node.isNull()) return texts;
        if (!node.isArray() || node.size() > most) {
            fault(property, Sentence.of("must-be-list-of-strings", property, most));
            return texts;
        }
        for (int i = 0; i < node.size(); i++) {
            String text = text(node.get(i), at(property) + "/" + i);
            if (text != null && !text.isBlank()) texts.add(text);
            else faultAt(at(property) + "/" + i, Sentence.of("this-must-be-string"));
        }
        return texts;
    }

    /** The object of that name; null: nothing is said, or a fault. */
    public JsonProperties object(String property) {
        return has(property) ? object(property, Sentence.of("must-be-object", property)) : null;
    }

    /** As the other one, but the object has to be there. */
    public JsonProperties object(String property, Sentence otherwise) {
        JsonNode node = json.path(property);
        if (node.isObject()) return new JsonProperties(node, at(property), faults);
        fault(property, otherwise);
        return null;
    }

    /** The objects of a list; none: nothing is said, or a fault. */
    public List<JsonProperties> objects(String property, int most) {
        JsonNode node = json.get(property);
        List<JsonProperties> objects = new ArrayList<>();
        if (node == null || !node.isArray() || node.isEmpty() || node.size() > most) {
            fault(property, Sentence.of("must-be-list-of-objects", property, most));
            return objects;
        }
        for (int i = 0; i < node.size(); i++) {
            String place = at(property) + "/" + i;
            if (node.get(i).isObject()) objects.add(new JsonProperties(node.get(i), place, faults));
            else faultAt(place, Sentence.of("this-must-be-object"));
        }
        return objects;
    }

    /** The names of the properties that are there, in their order. */
    public List<String> properties() {
        List<String> names = new ArrayList<>();
        json.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static boolean isWhole(JsonNode node) {
        return node.isNumber() && node.decimalValue().stripTrailingZeros().scale() <= 0;
    }

    private static boolean isWithin(BigDecimal number, int min, int max) {
        return number.compareTo(BigDecimal.valueOf(min)) >= 0 && number.compareTo(BigDecimal.valueOf(max)) <= 0;
    }

    private String at(String property) {
        return pointer + "/" + escape(property);
    }

    /** A name as a part of a JSON Pointer (RFC 6901, section 3). */
    public static String escape(String name) {
        return name.replace("~", "~0").replace("/", "~1");
    }

    private String text(JsonNode node, String place) {
        if (node == null || node.isNull()) return null;
        if (!node.isTextual()) {
            faultAt(place, Sentence.of("this-must-be-string"));
            return null;
        }
        return usable(node.textValue(), place);
    }

    private String usable(String text, String place) {
        Optional<Sentence> unusable = Text.faultOf(text);
        if (unusable.isPresent()) {
            faultAt(place, unusable.get());
            return null;
        }
        if (!Nfc.isSafe(text)) faultAt(place, Sentence.of("this-has-too-many-marks", Nfc.MOST_MARKS));
        return Nfc.of(text);
    }

    private static String word(Enum<?> choice) {
        return choice.name().toLowerCase(Locale.ROOT);
    }
}
