package dev.importonce.job.mapping;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.importonce.load.Dates;
import dev.importonce.load.ValueRules;
import dev.importonce.source.format.FormatHint;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;

/**
 * What goes where, resolved: defaults filled in, the effective organisation named, strings in NFC.
 *
 * @param fields field of the target to column header, sorted by field
 * @param format what the caller says about the file; null when everything is to be detected
 * @param values per field what is taken instead of a cell's text, both clean, sorted; null when nothing is
 * @param dates what the caller says about dates and times; null when nothing
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
        Dates dates) {

    /** Says how a file is read, and nothing of what goes where. */
    static Mapping reading(FormatHint format) {
        return new Mapping(
                null, null, Map.of(), Unmapped.IGNORE, OnExisting.UPDATE, OnBlank.KEEP, false, format, null, null);
    }

    /** Whether it says what goes where. */
    public boolean maps() {
        return target != null;
    }

    /** What the caller says about the file's format. */
    public FormatHint hint() {
        return format == null ? FormatHint.NONE : format;
    }

    /** What it says of the file's values. */
    ValueRules rules() {
        return new ValueRules(values == null ? Map.of() : values, dates == null ? Dates.UNSAID : dates);
    }

    /** What becomes of columns that no field names. */
    @RegisterForReflection
    enum Unmapped {
        IGNORE,
        ATTRIBUTES;

        @JsonValue
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** What becomes of a natural key that is already stored. */
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
