package dev.importonce.job.mapping;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.importonce.source.format.FormatHint;
import dev.importonce.target.type.Dates;
import dev.importonce.target.type.Numbers;
import dev.importonce.target.type.ValueRules;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.UnaryOperator;

/**
 * Which column goes into which field, resolved: defaults are filled in, the effective organisation is named, strings are in
 * NFC.
 *
 * @param fields field of the target to column header, sorted by field
 * @param format the caller's format hints; null when everything is to be detected
 * @param values per field the replacements for texts of cells, both cleaned, sorted; null when there are none
 * @param numbers how numbers are read; null when the caller does not say it
 * @param dates how dates and times are read; null when the caller does not say it
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@RegisterForReflection
public record Mapping(
        String target,
        UUID orgId,
        Map<String, String> fields,
        Unmapped unmapped,
        OnExisting onExisting,
        OnBlank onBlank,
        boolean undoable,
        FormatHint format,
        Map<String, Map<String, String>> values,
        Numbers numbers,
        Dates dates) {

    /** A mapping that says only how a file is read. */
    static Mapping reading(FormatHint format) {
        return new Mapping(
                null,
                null,
                Map.of(),
                Unmapped.IGNORE,
                OnExisting.UPDATE,
                OnBlank.KEEP,
                false,
                format,
                null,
                null,
                null);
    }

    /** The same mapping with other spellings of its columns, by field. */
    Mapping spelt(UnaryOperator<String> column) {
        Map<String, String> spelt = new TreeMap<>();
        fields.keySet().forEach(field -> spelt.put(field, column.apply(field)));
        return new Mapping(
                target, orgId, spelt, unmapped, onExisting, onBlank, undoable, format, values, numbers, dates);
    }

    /** Whether it maps columns to fields. */
    public boolean maps() {
        return target != null;
    }

    /** Whether columns that no field names go to attributes. */
    boolean takesAttributes() {
        return unmapped == Unmapped.ATTRIBUTES;
    }

    /** The caller's hints about the file's format. */
    public FormatHint hint() {
        return format == null ? FormatHint.NONE : format;
    }

    /** The rules for the file's values. */
    ValueRules rules() {
        return new ValueRules(
                values == null ? Map.of() : values,
                numbers == null ? Numbers.UNSAID : numbers,
                dates == null ? Dates.UNSAID : dates);
    }

    /** What happens to columns that no field names. */
    @RegisterForReflection
    public enum Unmapped {
        IGNORE,
        ATTRIBUTES;

        @JsonValue
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** What happens if a natural key is already stored. */
    @RegisterForReflection
    public enum OnExisting {
        UPDATE,
        FILL,
        SKIP;

        @JsonValue
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** What a blank cell does to a stored value. */
    @RegisterForReflection
    public enum OnBlank {
        KEEP,
        CLEAR;

        @JsonValue
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
