package dev.importonce.target.declare;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.importonce.json.JsonProperties;
import dev.importonce.target.type.Choice;
import dev.importonce.target.type.Day;
import dev.importonce.target.type.DecimalNumber;
import dev.importonce.target.type.Email;
import dev.importonce.target.type.JsonText;
import dev.importonce.target.type.Moment;
import dev.importonce.target.type.Normaliser;
import dev.importonce.target.type.Normaliser.Refused;
import dev.importonce.target.type.Phone;
import dev.importonce.target.type.PlainText;
import dev.importonce.target.type.TextList;
import dev.importonce.target.type.TimeOfDay;
import dev.importonce.target.type.Truth;
import dev.importonce.target.type.Uuid;
import dev.importonce.target.type.WebAddress;
import dev.importonce.target.type.WholeNumber;
import dev.importonce.words.Sentence;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;

/** Reads one field of a declaration. Its faults are those of the document. */
final class FieldReader {
    private static final String NAME = "[A-Za-z][A-Za-z0-9_]{0,62}";
    private static final int MAX_LENGTH = 1_000_000;
    private static final int MAX_SCALE = 1_000;
    private static final int MOST_HEADERS = 100;
    private static final int MOST_VALUES = 1_000;
    private static final int MAX_SEPARATOR = 3;

    private final JsonProperties json;

    FieldReader(JsonProperties json) {
        this.json = json;
    }

    /** Null when a fault prevents it. */
    DeclaredField read() {
        String name = json.requiredText("name", "field-name-missing");
        if (name != null && !name.matches(NAME)) json.fault("name", Sentence.of("field-name-not-of-form"));
        String column = json.requiredText("column", "field-column-missing");
        FieldType type = json.choice("type", FieldType.class);
        if (type == null) json.fault("type", Sentence.of("field-type-missing"));
        if (name == null || column == null || type == null) return null;
        json.known(type.properties());
        Normaliser parser = parser(type);
        Map<String, String> label = Labels.read(json);
        Field field = new Field(name, maxLength(type), parser, headers(column, label), json.flag("required"));
        return new DeclaredField(
                field,
                column,
                type,
                byDefault(parser),
                reference(type),
                rules(parser),
                new DeclaredField.Description(label, json.text("description"), json.text("example")));
    }

    /** All that a column of a file may be called for the field. */
    private List<String> headers(String column, Map<String, String> label) {
        List<String> headers = new ArrayList<>(json.texts("headers", MOST_HEADERS));
        headers.add(column);
        label.values().stream().filter(Objects::nonNull).forEach(headers::add);
        return List.copyOf(headers);
    }

    private DeclaredField.Rules rules(Normaliser parser) {
        return new DeclaredField.Rules(
                json.text("pattern"),
                json.scalar("min"),
                json.scalar("max"),
                parser instanceof DecimalNumber number ? number.scale() : null,
                parser instanceof Choice choice ? List.copyOf(choice.values()) : List.of(),
                parser instanceof Phone phone ? phone.region() : null);
    }

    private int maxLength(FieldType type) {
        Integer declared = type.properties().contains("maxLength") ? json.integer("maxLength", 1, MAX_LENGTH) : null;
        return declared == null ? MAX_LENGTH : declared;
    }

    private Normaliser parser(FieldType type) {
        return switch (type) {
            case TEXT ->
                new PlainText(json.choices("normalise", PlainText.Change.class), pattern(), json.flag("exact"));
            case EMAIL -> new Email();
            case PHONE -> new Phone(region());
            case URL -> new WebAddress();
            case INTEGER -> wholeNumber();
            case DECIMAL ->
                new DecimalNumber(
                        json.integer("scale", 0, MAX_SCALE),
                        bound("min", BigDecimal::new),
                        bound("max", BigDecimal::new));
            case BOOLEAN -> new Truth();
            case DATE -> new Day(bound("min", LocalDate::parse), bound("max", LocalDate::parse));
            case TIME -> new TimeOfDay(bound("min", LocalTime::parse), bound("max", LocalTime::parse));
            case TIMESTAMP -> new Moment(bound("min", Instant::parse), bound("max", Instant::parse));
            case UUID -> new Uuid();
            case ENUM -> choice();
            case JSON -> new JsonText();
            case LIST -> new TextList(separator());
            case REFERENCE -> new PlainText(List.of(), null, false);
        };
    }

    private Pattern pattern() {
        String pattern = json.text("pattern");
        try {
            return pattern == null ? null : Pattern.compile(pattern);
        } catch (PatternSyntaxException e) {
            json.fault("pattern", Sentence.of("not-a-pattern", e.getDescription()));
            return null;
        }
    }

    private String region() {
        String region = json.text("region");
        if (region == null || Phone.isRegion(region)) return region;
        json.fault("region", Sentence.of("not-a-phone-region"));
        return null;
    }

    private WholeNumber wholeNumber() {
        BigInteger min = bound("min", BigInteger::new);
        BigInteger max = bound("max", BigInteger::new);
        return new WholeNumber(
                min == null ? BigInteger.valueOf(Long.MIN_VALUE) : min,
                max == null ? BigInteger.valueOf(Long.MAX_VALUE) : max);
    }

    /** Null: nothing is said, or a fault. */
    private <T> T bound(String property, Function<String, T> parse) {
        String text = json.scalar(property);
        try {
            return text == null ? null : parse.apply(text);
        } catch (NumberFormatException | DateTimeException e) {
            json.fault(property, Sentence.of("bound-not-a-value"));
            return null;
        }
    }

    private Normaliser choice() {
        JsonProperties values = json.object("values");
        Map<String, List<String>> names = new LinkedHashMap<>();
        if (values != null)
            for (String value : values.properties()) names.put(value, values.texts(value, MOST_HEADERS));
        if (names.isEmpty() || names.size() > MOST_VALUES)
            json.fault("values", Sentence.of("must-be-object-of-values", "values", MOST_VALUES));
        try {
            return new Choice(names);
        } catch (Choice.SharedName e) {
            json.fault("values", e.reason());
            return new Choice(Map.of());
        }
    }

    private String separator() {
        String separator = json.text("separator");
        if (separator != null && (separator.isEmpty() || separator.length() > MAX_SEPARATOR))
            json.fault("separator", Sentence.of("separator-length", MAX_SEPARATOR));
        return separator == null || separator.isEmpty() ? ";" : separator;
    }

    private String byDefault(Normaliser parser) {
        String text = json.scalar("default");
        try {
            return text == null ? null : parser.normalise(text);
        } catch (Refused e) {
            json.fault("default", Sentence.of("default-not-a-value", e.reason()));
            return null;
        }
    }

    private Reference reference(FieldType type) {
        if (type != FieldType.REFERENCE) return null;
        JsonProperties reference = json.object("references");
        if (reference == null) {
            json.fault("references", Sentence.of("reference-missing"));
            return null;
        }
        reference.known(Set.of("table", "match", "owner"));
        List<String> match = reference.texts("match", Declaration.MOST_KEYS);
        if (match.isEmpty() || Set.copyOf(match).size() < match.size())
            reference.fault("match", Sentence.of("reference-columns-missing", Declaration.MOST_KEYS));
        if (json.has("default")) json.fault("default", Sentence.of("reference-with-default"));
        if (json.has("example") && match.size() > 1) json.fault("example", Sentence.of("reference-with-example"));
        return new Reference(reference.requiredText("table", "reference-table-missing"), match, Owners.read(reference));
    }
}
