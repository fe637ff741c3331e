package dev.importonce.target.merge;

import dev.importonce.key.Ids;
import dev.importonce.target.declare.CatalogueColumn;
import dev.importonce.target.declare.CatalogueTable;
import dev.importonce.target.declare.DeclaredField;
import dev.importonce.target.declare.DeclaredTable;
import dev.importonce.target.declare.Link;
import dev.importonce.target.declare.Owner;
import dev.importonce.target.declare.Target;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;

/** The parts of a declared table that a job writes, and the arguments of its statements, in their order. */
final class Arguments {
    /** Of an id, without the eight digits of its counter. */
    private static final int BEGINNING = 28;

    private final Target target;
    private final DeclaredTable table;
    private final Share share;
    private final MergeRules rules;
    private final List<DeclaredField> fields;
    private final TableParts parts;

    Arguments(Target target, DeclaredTable table, Share share, MergeRules rules) {
        this.target = target;
        this.table = table;
        this.share = share;
        this.rules = rules;
        this.fields = target.staged();
        this.parts = readParts();
    }

    TableParts parts() {
        return parts;
    }

    private TableParts readParts() {
        CatalogueTable catalogue = table.table();
        List<Part> staged = new ArrayList<>();
        for (DeclaredField field : fields)
            staged.add(new Part(
                    staged.size() + 1,
                    column(catalogue, field.column()),
                    rules.fields().get(target.indexOf(field.mapped().get(0).name())),
                    field.byDefault() != null,
                    table.links().get(field.field().name())));
        String attributes = target.attributes() ? target.declaration().attributes() : null;
        Owner owner = target.declaration().owner();
        return new TableParts(
                catalogue,
                owner == null ? null : column(catalogue, owner.column()),
                staged.subList(0, target.keyTexts()),
                staged.subList(target.keyTexts(), staged.size()),
                attributes == null
                        ? null
                        : new Part(staged.size() + 1, column(catalogue, attributes), rules.attributes(), false, null),
                optional(catalogue, target.declaration().filled().id()),
                optional(catalogue, target.declaration().filled().updatedAt()),
                rules.skip(),
                all(catalogue));
    }

    private List<CatalogueColumn> all(CatalogueTable catalogue) {
        List<CatalogueColumn> all = new ArrayList<>();
        for (DeclaredField field : target.declaration().fields())
            if (!target.declaration().key().contains(field.field().name())) all.add(column(catalogue, field.column()));
        if (target.declaration().attributes() != null)
            all.add(column(catalogue, target.declaration().attributes()));
        return all;
    }

    private static CatalogueColumn optional(CatalogueTable table, String name) {
        return name == null ? null : column(table, name);
    }

    private static CatalogueColumn column(CatalogueTable table, String name) {
        return table.column(name).orElseThrow();
    }

    Object[] vacant() {
        return parts.isOwned() ? new Object[] {rowOwner()} : new Object[0];
    }

    Object[] insert() {
        return inserting(taking());
    }

    /** @param from the first and {@code to} the last row of a share that was taken apart */
    Object[] insert(int from, int to) {
        return inserting(range(from, to));
    }

    private Object[] inserting(List<Object> args) {
        args.add(defaults());
        if (parts.id() != null) {
            ids(args);
            args.add(rowOwner());
        }
        return args.toArray();
    }

    /** Job, user, share, owner. */
    Object[] place() {
        return taking().toArray();
    }

    /** A row of a share that was taken apart, a before-image, or those behind it. */
    Object[] row(int number) {
        List<Object> args = taking();
        args.add(number);
        return args.toArray();
    }

    Object[] reread(int last) {
        List<Object> args = new ArrayList<>(List.of(row(last)));
        owners(args, 1);
        args.addAll(taking());
        return args.toArray();
    }

    /**
     * As {@link #row}, of an image that is reported.
     *
     * @param flat as {@link UndoStatement#of}
     */
    Object[] image(boolean flat, int number) {
        List<Object> args = new ArrayList<>();
        args.add(flat);
        args.add(names(parts.keys()));
        args.addAll(List.of(row(number)));
        return args.toArray();
    }

    Object[] merge(boolean undoable) {
        return looking(taking(), undoable, 0);
    }

    /** @param from the first and {@code to} the last row of a share that was taken apart */
    Object[] some(int from, int to, boolean undoable) {
        return looking(range(from, to), undoable, from - 1);
    }

    /** Of a statement that locks the stored rows of a share. */
    Object[] lock() {
        return lookedUp(taking()).toArray();
    }

    /** As {@link #lock()}, for some rows. */
    Object[] lock(int from, int to) {
        return lookedUp(range(from, to)).toArray();
    }

    /** Of a statement that foresees what all of a job's rows would do. */
    Object[] foresee() {
        return lookedUp(all()).toArray();
    }

    Object[] outlook() {
        List<Object> args = lookedUp(all());
        args.add(names(parts.keys()));
        args.add(names(parts.besideKeys()));
        return args.toArray();
    }

    /** Of a statement that locks the rows of some before-images. */
    Object[] lockImages(int from, int to) {
        List<Object> args = range(from, to);
        owners(args, 1);
        return args.toArray();
    }

    /**
     * @param from the first and {@code to} the last before-image of a share
     * @param others how many other tables have the owner
     */
    Object[] undo(int from, int to, int others) {
        List<Object> args = range(from, to);
        args.add(names(parts.keys()));
        args.add(names(parts.changeable()));
        args.add(parts.all().stream().map(this::name).toArray(String[]::new));
        owners(args, others + 3);
        return args.toArray();
    }

    private String[] names(List<Part> parts) {
        return parts.stream().map(part -> name(part.column())).toArray(String[]::new);
    }

    private String name(CatalogueColumn column) {
        return target.declaration().fields().stream()
                .filter(field -> field.column().equals(column.name()))
                .map(field -> field.field().name())
                .findFirst()
                .orElse("attributes");
    }

    Object[] spread() {
        List<Object> args = taking();
        args.addAll(taking());
        args.addAll(taking());
        return args.toArray();
    }

    private List<Object> all() {
        return new ArrayList<>(List.of(share.jobId(), share.userId(), rowOwner()));
    }

    private List<Object> taking() {
        return new ArrayList<>(List.of(share.jobId(), share.userId(), share.ordinal(), rowOwner()));
    }

    private List<Object> range(int from, int to) {
        List<Object> args = taking();
        args.addAll(List.of(from, to));
        return args;
    }

    private UUID rowOwner() {
        return target.owner(share.userId(), share.orgId());
    }

    private Object[] looking(List<Object> args, boolean undoable, int images) {
        lookedUp(args);
        owners(args, parts.changeable().isEmpty() ? 0 : 1);
        args.addAll(taking());
        if (undoable) args.addAll(List.of(row(images)));
        ids(args);
        if (!undoable) owners(args, 1);
        return args.toArray();
    }

    private List<Object> lookedUp(List<Object> args) {
        args.add(defaults());
        args.add(rules.attributes().sql());
        args.add(rules.cleared().toArray(String[]::new));
        for (Part part : parts.linked()) {
            Link.Owned owned = part.link().owner();
            if (owned != null) args.add(owner(owned.kind()));
        }
        owners(args, 1);
        return args;
    }

    /** The beginning of the ids of new rows; their number among the rows of the statement is appended. */
    private void ids(List<Object> args) {
        if (parts.id() != null) args.add(Ids.first().toString().substring(0, BEGINNING));
    }

    private void owners(List<Object> args, int times) {
        if (parts.isOwned()) args.addAll(Collections.nCopies(times, rowOwner()));
    }

    private UUID owner(Owner.Kind kind) {
        return kind == Owner.Kind.USER ? share.userId() : share.orgId();
    }

    /** By the place of the value. */
    private String[] defaults() {
        return fields.stream().map(DeclaredField::byDefault).toArray(String[]::new);
    }
}
