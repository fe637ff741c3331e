package dev.importonce.target.declare;

import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/** What a declared field holds, and which rules it may have beside those that every field may have. */
public enum FieldType {
    TEXT("text varchar bpchar citext", "maxLength", "pattern", "normalise", "exact"),
    EMAIL("text varchar bpchar citext", "maxLength"),
    PHONE("text varchar bpchar citext", "region"),
    URL("text varchar bpchar citext", "maxLength"),
    INTEGER("int2 int4 int8 numeric", "min", "max"),
    DECIMAL("numeric float4 float8", "min", "max", "scale"),
    BOOLEAN("bool"),
    DATE("date", "min", "max"),
    TIME("time", "min", "max"),
    TIMESTAMP("timestamptz timestamp", "min", "max"),
    UUID("uuid"),
    ENUM("text varchar bpchar citext", "values"),
    JSON("json jsonb", "maxLength"),
    LIST("_text _varchar _bpchar _citext", "separator", "maxLength"),
    REFERENCE("text varchar bpchar citext int2 int4 int8 numeric uuid", "references");

    private static final Set<String> OF_ALL =
            Set.of("name", "column", "type", "required", "default", "label", "description", "example", "headers");

    private final Set<String> columns;
    private final Set<String> rules;

    FieldType(String columns, String... rules) {
        this.columns = Set.of(columns.split(" "));
        this.rules = Set.of(rules);
    }

    /** Whether a column can hold it; an enum of the database holds a field of the type enum. */
    boolean fits(CatalogueColumn column) {
        return columns.contains(column.type())
                || this == ENUM && !column.labels().isEmpty();
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
