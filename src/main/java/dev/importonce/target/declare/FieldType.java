package dev.importonce.target.declare;

import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/** What a declared field holds, and which rules it may have beside those that every field may have. */
public enum FieldType {
    TEXT("maxLength", "pattern", "normalise"),
    URL("maxLength"),
    INTEGER("min", "max"),
    DECIMAL("min", "max", "scale"),
    BOOLEAN,
    DATE("min", "max"),
    TIME("min", "max"),
    TIMESTAMP("min", "max"),
    UUID,
    ENUM("values"),
    JSON("maxLength"),
    LIST("separator", "maxLength"),
    REFERENCE("references");

    private static final Set<String> OF_ALL =
            Set.of("name", "column", "type", "required", "default", "label", "description", "example", "headers");

    private final Set<String> rules;

    FieldType(String... rules) {
        this.rules = Set.of(rules);
    }

    /** The properties that a field of this type may have. */
    public Set<String> properties() {
        Set<String> properties = new HashSet<>(OF_ALL);
        properties.addAll(rules);
        return properties;
    }

    /** Its name in declarations. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
