package dev.importonce.target.declare;

import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A target of imports, as data. The statements work for any job:
 *
 * @param name its name in mappings
 * @param fields those of the natural key come first
 * @param keyFields how many of them are the natural key, at least 1; required in every mapping and row
 * @param row the rule for a row's values together; {@link RowRule#NONE} for most targets
 * @param texts number of values of a row that are staged; the number of fields, unless {@code row} returns other values
 * @param attributes whether other columns can be stored, too
 * @param statements what its rows are written with; of a declared target only those of staging
 * @param declaration what it was declared as; null: its statements are a part of the service
 */
public record Target(
        String name,
        List<Field> fields,
        int keyFields,
        RowRule row,
        int texts,
        boolean attributes,
        ImportStatements statements,
        Declaration declaration) {
    /** A target with statements of its own. */
    public Target(
            String name,
            List<Field> fields,
            int keyFields,
            RowRule row,
            int texts,
            boolean attributes,
            ImportStatements statements) {
        this(name, fields, keyFields, row, texts, attributes, statements, null);
    }

    /** Whether it is a declaration, of an operator or of the service; its statements are then generated. */
    public boolean isDeclared() {
        return declaration != null;
    }

    /** Whether each row belongs to an organisation or a user, by a column of the table; so do those of targets that are not declared. */
    public boolean isOwned() {
        return !isDeclared() || declaration.owner() != null;
    }

    /** Whether it is a declaration of the service. */
    public boolean isShipped() {
        return isDeclared() && declaration.shipped();
    }

    /** Whether an operator declared it, who can also change and remove it. */
    public boolean isOperators() {
        return isDeclared() && !declaration.shipped();
    }

    /**
     * The target with the fields alone that a mapping has: a job writes no others. One of the service is staged whole, as older
     * instances do that may merge the same job.
     */
    public Target narrowed(Set<String> mapped, boolean withAttributes) {
        return isOperators() ? DeclaredTarget.of(declaration, mapped, withAttributes) : this;
    }

    /** The first field that identifies a row in the outside world. */
    public Field naturalKey() {
        return fields.get(0);
    }

    /** Whether it may be worth a try to insert a share as one that has only new keys. */
    public boolean mayBeNew() {
        return isDeclared();
    }

    /** Whether an import can be undone. */
    public boolean undoable() {
        return isDeclared();
    }

    /** Whether every mapping and row must have the field at that position. */
    public boolean requires(int field) {
        return field < keyFields || fields.get(field).required();
    }

    /**
     * Whose rows a job stages and writes: the value by which its statements are sent to one shard of a distributed database. The
     * user's, if the rows belong to nobody.
     */
    public UUID owner(UUID userId, UUID orgId) {
        boolean ofUser = !isOwned() || declaration.owner().kind() == Owner.Kind.USER;
        return ofUser ? userId : orgId;
    }

    /** All whose rows a job's may be, whatever its target. */
    public static Stream<UUID> owners(UUID userId, UUID orgId) {
        return Stream.of(userId, orgId).filter(Objects::nonNull).distinct();
    }

    /** The declared fields of a declared target whose values are staged, in their order. */
    public List<DeclaredField> staged() {
        return fields.stream()
                .map(field -> declaration.mapped(field.name()).orElseThrow())
                .distinct()
                .toList();
    }

    /** How many of the values that are staged are the natural key. */
    public int keyTexts() {
        return isDeclared() ? declaration.key().size() : keyFields;
    }

    /** The fields of which a mapping has all or none: those by which one row is found, or the field alone. */
    public List<Field> together(Field field) {
        return isDeclared() ? declaration.mapped(field.name()).orElseThrow().mapped() : List.of(field);
    }

    /** Position of a field, or -1. */
    public int indexOf(String field) {
        return IntStream.range(0, fields.size())
                .filter(i -> fields.get(i).name().equals(field))
                .findFirst()
                .orElse(-1);
    }
}
