package dev.importonce.target;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.importonce.target.declare.DeclaredField;
import dev.importonce.target.declare.Field;
import dev.importonce.target.declare.FieldType;
import dev.importonce.target.declare.Target;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A target, for clients that offer a choice.
 *
 * @param name the name in mappings
 * @param label language to name; empty: there is only the name
 * @param fields its fields; those of the natural key come first
 * @param attributes whether a mapping may say {@code "unmapped": "attributes"}
 * @param undoable whether it may say {@code "undoable": true}
 */
@RegisterForReflection
@Schema(name = "Target")
record TargetView(
        String name, Map<String, String> label, List<FieldView> fields, boolean attributes, boolean undoable) {
    static TargetView of(Target target) {
        List<FieldView> fields = IntStream.range(0, target.fields().size())
                .mapToObj(i -> FieldView.of(target, i))
                .toList();
        Map<String, String> label = target.isDeclared() ? target.declaration().label() : Map.of();
        return new TargetView(target.name(), label, fields, target.attributes(), target.undoable());
    }

    /**
     * One of its fields.
     *
     * @param type what it holds
     * @param required whether every mapping and row must have it
     * @param maxLength longest value, in characters (UTF-16)
     * @param label language to name; absent: there is only the name
     * @param description what is in it; absent: nothing is said
     * @param example a value as people write it; absent: none is said
     * @param rules what its values must be; absent: there are no such rules
     */
    @RegisterForReflection
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    @Schema(name = "TargetField")
    record FieldView(
            String name,
            String type,
            @JsonInclude boolean required,
            int maxLength,
            Map<String, String> label,
            String description,
            String example,
            Rules rules) {
        static FieldView of(Target target, int place) {
            Field field = target.fields().get(place);
            boolean required = target.requires(place);
            if (!target.isDeclared())
                return new FieldView(
                        field.name(), FieldType.TEXT.word(), required, field.maxLength(), null, null, null, null);
            DeclaredField declared = target.declaration().mapped(field.name()).orElseThrow();
            return new FieldView(
                    field.name(),
                    declared.type().word(),
                    required,
                    field.maxLength(),
                    labelOf(declared, field),
                    declared.description().text(),
                    declared.description().example(),
                    Rules.of(declared));
        }
    }

    /** Fields by which one reference is found differ in the other table's columns. */
    private static Map<String, String> labelOf(DeclaredField declared, Field field) {
        Map<String, String> label = declared.description().label();
        if (declared.mapped().size() == 1) return label;
        String part = field.name().substring(declared.field().name().length() + 1);
        return label.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, each -> each.getValue() + " (" + part + ")"));
    }

    /**
     * The rules of a field's values. What is absent is not limited.
     *
     * @param pattern RE2
     * @param min the smallest value, as text
     * @param max the largest value, as text
     * @param scale most decimals
     * @param values the only values; they may have other names in files
     * @param region where phone numbers without a country code are (ISO 3166)
     */
    @RegisterForReflection
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    @Schema(name = "TargetFieldRules")
    record Rules(String pattern, String min, String max, Integer scale, List<String> values, String region) {
        /** Null: there are none. */
        static Rules of(DeclaredField field) {
            DeclaredField.Rules rules = field.rules();
            boolean none = rules.pattern() == null
                    && rules.min() == null
                    && rules.max() == null
                    && rules.scale() == null
                    && rules.values().isEmpty()
                    && rules.region() == null;
            return none
                    ? null
                    : new Rules(
                            rules.pattern(), rules.min(), rules.max(), rules.scale(), rules.values(), rules.region());
        }
    }
}
