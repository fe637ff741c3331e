package dev.importonce.target.declare;

import dev.importonce.postgres.Row;
import dev.importonce.postgres.Sql;
import dev.importonce.target.declare.CatalogueColumn.Filling;
import dev.importonce.target.declare.CatalogueColumn.Privileges;
import dev.importonce.target.declare.CatalogueColumn.Written;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Reads what the database's catalogue says about tables. */
@ApplicationScoped
public class Catalogue {
    private static final String TABLE = """
            select c.relkind, c.relhasrules as rules, c.relispartition as partition, quote_ident(current_user) as role,
                   n.nspname = current_schema() and c.relname = any (?) as own,
                   exists (
                       select from pg_trigger t
                       where t.tgrelid = c.oid and not t.tgisinternal and t.tgenabled <> 'D' and t.tgtype & 7 = 7) as dropping_triggers,
                   quote_ident(n.nspname) || '.' || quote_ident(c.relname) as written
            from pg_class c
            join pg_namespace n on n.oid = c.relnamespace
            where n.nspname = ? and c.relname = ? and c.relkind in ('r', 'p', 'v', 'm', 'f')
            """;

    /**
     * A domain has the length, the scale and the values of its base, which may be a domain, too. The type is written without
     * its length and scale, so that a cast to it cuts nothing off; what is stored in the column is checked by PostgreSQL.
     */
    private static final String COLUMNS = """
            select a.attname as name, b.typname as type, b.typname in ('varchar', 'bpchar') as is_limited, b.typname = 'numeric' as is_numeric,
                   quote_ident(a.attname) as written, format_type(b.oid, -1) as written_type,
                   case when a.attgenerated = '' then pg_get_expr(d.adbin, d.adrelid) end as written_default,
                   (select quote_ident(l.nspname) || '.' || quote_ident(k.collname)
                    from pg_collation k join pg_namespace l on l.oid = k.collnamespace
                    where k.oid = a.attcollation and k.collname <> 'default') as written_collation,
                   b.typmod, a.attnotnull or b.not_null as not_null, a.attgenerated <> '' as is_generated,
                   a.attidentity <> '' as is_identity, a.atthasdef or b.has_default as has_default,
                   array(select e.enumlabel::text from pg_enum e where e.enumtypid = b.oid order by e.enumsortorder) as labels,
                   has_column_privilege(c.oid, a.attnum, 'select') as may_select,
                   has_column_privilege(c.oid, a.attnum, 'insert') as may_insert,
                   has_column_privilege(c.oid, a.attnum, 'update') as may_update
            from pg_class c
            join pg_namespace n on n.oid = c.relnamespace
            join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
            left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
            cross join lateral (
                with recursive base as (
                    select t.oid, t.typname, t.typtype, t.typbasetype, t.typnotnull as not_null, t.typdefault is not null as has_default,
                           case t.typtype when 'd' then t.typtypmod else a.atttypmod end as typmod
                    from pg_type t
                    where t.oid = a.atttypid
                    union all
                    select t.oid, t.typname, t.typtype, t.typbasetype, t.typnotnull or d.not_null, t.typdefault is not null or d.has_default,
                           case t.typtype when 'd' then t.typtypmod else d.typmod end
                    from base d
                    join pg_type t on t.oid = d.typbasetype
                    where d.typtype = 'd'
                )
                select * from base where typtype <> 'd') b
            where n.nspname = ? and c.relname = ? and c.relkind in ('r', 'p', 'v', 'm', 'f')
            order by a.attnum
            """;

    private static final String KEYS = """
            select i.relname as name, x.indisprimary as is_primary,
                   x.indisvalid and x.indisready and x.indimmediate and x.indpred is null and x.indexprs is null as is_key,
                   array(
                       select a.attname::text
                       from generate_series(0, x.indnkeyatts - 1) k
                       join pg_attribute a on a.attrelid = x.indrelid and a.attnum = x.indkey[k]
                       order by k) as columns
            from pg_index x
            join pg_class i on i.oid = x.indexrelid
            join pg_class c on c.oid = x.indrelid
            join pg_namespace n on n.oid = c.relnamespace
            where n.nspname = ? and c.relname = ? and x.indisunique
            order by i.relname
            """;

    private static final String CHECKS = """
            select pg_get_constraintdef(k.oid) as definition
            from pg_constraint k
            join pg_class c on c.oid = k.conrelid
            join pg_namespace n on n.oid = c.relnamespace
            where n.nspname = ? and c.relname = ? and k.contype = 'c'
            order by k.conname
            """;

    private static final String FOREIGN_KEYS = """
            select fn.nspname as schema, f.relname as name,
                   array(
                       select a.attname::text
                       from unnest(k.conkey) with ordinality n (num, place)
                       join pg_attribute a on a.attrelid = k.conrelid and a.attnum = n.num
                       order by n.place) as columns,
                   array(
                       select a.attname::text
                       from unnest(k.confkey) with ordinality n (num, place)
                       join pg_attribute a on a.attrelid = k.confrelid and a.attnum = n.num
                       order by n.place) as referenced
            from pg_constraint k
            join pg_class c on c.oid = k.conrelid
            join pg_namespace n on n.oid = c.relnamespace
            join pg_class f on f.oid = k.confrelid
            join pg_namespace fn on fn.oid = f.relnamespace
            where n.nspname = ? and c.relname = ? and k.contype = 'f'
            order by k.conname
            """;

    /**
     * Not those that only forbid the deletion: they say so themselves. A table whose policies may hide rows from the service is not
     * readable, as nobody could tell whether rows of it would be deleted.
     */
    private static final String DEPENDENTS = """
            select quote_ident(cn.nspname) || '.' || quote_ident(c.relname) as written,
                   array(
                       select quote_ident(a.attname)
                       from unnest(k.conkey) with ordinality n (num, place)
                       join pg_attribute a on a.attrelid = k.conrelid and a.attnum = n.num
                       order by n.place) as columns,
                   array(
                       select quote_ident(a.attname)
                       from unnest(k.confkey) with ordinality n (num, place)
                       join pg_attribute a on a.attrelid = k.confrelid and a.attnum = n.num
                       order by n.place) as referenced,
                   has_schema_privilege(cn.oid, 'usage') and has_table_privilege(c.oid, 'select') and (
                       not row_security_active(c.oid)
                       or exists (
                           select from pg_policy p
                           where p.polrelid = c.oid and p.polpermissive and p.polcmd in ('r', '*') and pg_get_expr(p.polqual, p.polrelid) = 'true'
                             and exists (select from unnest(p.polroles) m (id) where m.id = 0 or pg_has_role(m.id, 'usage')))
                           and not exists (select from pg_policy p where p.polrelid = c.oid and not p.polpermissive)) as readable
            from pg_constraint k
            join pg_class t on t.oid = k.confrelid
            join pg_namespace n on n.oid = t.relnamespace
            join pg_class c on c.oid = k.conrelid
            join pg_namespace cn on cn.oid = c.relnamespace
            where n.nspname = ? and t.relname = ? and k.contype = 'f' and k.confdeltype in ('c', 'n', 'd') and k.conparentid = 0
            order by k.conname
            """;

    /** A constraint, or a unique index without one. A partition's constraints have names of their own. */
    private static final String COLUMNS_OF = """
            select array(
                select a.attname::text
                from unnest(o.columns) with ordinality n (num, place)
                join pg_attribute a on a.attrelid = o.id and a.attnum = n.num
                order by n.place) as columns
            from (
                select k.conrelid as id, k.conkey as columns
                from pg_constraint k
                where k.conname = ?
                union all
                select x.indrelid, x.indkey::int2[]
                from pg_index x
                join pg_class i on i.oid = x.indexrelid
                where i.relname = ? and not exists (select from pg_constraint k where k.conindid = x.indexrelid)
            ) o
            join pg_class c on c.oid = o.id
            join pg_namespace n on n.oid = c.relnamespace
            where n.nspname = ? and c.relname = ?
            """;

    /** Bytes that PostgreSQL adds to the length or precision of a type. */
    private static final int HEADER = 4;

    private static final int SCALE_BITS = 0x7ff;

    private final Sql sql;
    private final MissingRights rights;

    /** In which the service runs; null: not asked for yet. */
    private volatile String ownSchema;

    Catalogue(Sql sql, MissingRights rights) {
        this.sql = sql;
        this.rights = rights;
    }

    /** The table, view or the like of that name. */
    public Optional<CatalogueTable> table(TableName name) {
        return find(name, row -> table(name, row, new Others(checks(name), foreignKeys(name), rights.of(name))));
    }

    /** One of the service's own tables; its checks, its references and the rights to it are the service's own affair. */
    public Optional<CatalogueTable> own(String name) {
        if (ownSchema == null) ownSchema = sql.one("select current_schema() as schema", row -> row.text("schema"));
        TableName table = new TableName(ownSchema, name);
        return find(table, row -> table(table, row, Others.NONE));
    }

    private Optional<CatalogueTable> find(TableName name, Function<Row, CatalogueTable> read) {
        return sql.first(TABLE, read, OwnTables.NAMES.toArray(String[]::new), name.schema(), name.name());
    }

    private List<String> checks(TableName name) {
        return sql.list(CHECKS, row -> row.text("definition"), name.schema(), name.name());
    }

    private List<CatalogueTable.ForeignKey> foreignKeys(TableName name) {
        return sql.list(FOREIGN_KEYS, Catalogue::foreignKey, name.schema(), name.name());
    }

    /** What only those ask for who declare a table. */
    private record Others(
            List<String> checks, List<CatalogueTable.ForeignKey> foreignKeys, MissingRights.Lists missing) {
        static final Others NONE = new Others(List.of(), List.of(), MissingRights.Lists.NONE);
    }

    /** The columns of a constraint or unique index of a table; empty: it has none of that name, or it is on no columns. */
    public List<String> columns(TableName table, String constraint) {
        return sql.first(COLUMNS_OF, row -> row.texts("columns"), constraint, constraint, table.schema(), table.name())
                .orElse(List.of());
    }

    /** The tables that lose or change rows when rows of this one are deleted. */
    public List<Dependent> dependents(TableName table) {
        return sql.list(
                DEPENDENTS,
                row -> new Dependent(
                        row.text("written"), row.texts("columns"), row.texts("referenced"), row.bool("readable")),
                table.schema(),
                table.name());
    }

    private CatalogueTable table(TableName name, Row row, Others others) {
        List<String> primary = new ArrayList<>();
        List<List<String>> keys = new ArrayList<>();
        List<String> noKeys = new ArrayList<>();
        sql.list(
                KEYS,
                each -> {
                    if (each.bool("is_primary")) primary.addAll(each.texts("columns"));
                    return each.bool("is_key") ? keys.add(each.texts("columns")) : noKeys.add(each.text("name"));
                },
                name.schema(),
                name.name());
        return new CatalogueTable(
                name,
                row.text("written"),
                kind(row.text("relkind")),
                sql.list(COLUMNS, Catalogue::column, name.schema(), name.name()),
                new CatalogueTable.Indexes(List.copyOf(keys), List.copyOf(noKeys), List.copyOf(primary)),
                others.checks(),
                others.foreignKeys(),
                new CatalogueTable.Traits(
                        row.bool("rules"),
                        row.bool("dropping_triggers"),
                        row.bool("partition"),
                        row.bool("own"),
                        row.text("role"),
                        others.missing()));
    }

    private static CatalogueTable.ForeignKey foreignKey(Row row) {
        return new CatalogueTable.ForeignKey(
                row.texts("columns"), new TableName(row.text("schema"), row.text("name")), row.texts("referenced"));
    }

    private static CatalogueTable.Kind kind(String relkind) {
        return switch (relkind) {
            case "r", "p" -> CatalogueTable.Kind.TABLE;
            case "f" -> CatalogueTable.Kind.FOREIGN_TABLE;
            default -> CatalogueTable.Kind.VIEW;
        };
    }

    private static CatalogueColumn column(Row row) {
        int modifier = row.integer("typmod");
        boolean isModified = modifier >= HEADER;
        return new CatalogueColumn(
                row.text("name"),
                new Written(
                        row.text("written"),
                        row.text("written_type"),
                        row.text("written_collation"),
                        row.text("written_default")),
                row.text("type"),
                isModified && row.bool("is_limited") ? modifier - HEADER : 0,
                isModified && row.bool("is_numeric") ? (modifier - HEADER) & SCALE_BITS : -1,
                row.texts("labels"),
                filling(row),
                new Privileges(row.bool("may_select"), row.bool("may_insert"), row.bool("may_update")));
    }

    private static Filling filling(Row row) {
        if (row.bool("is_generated")) return Filling.GENERATED;
        if (row.bool("is_identity")) return Filling.IDENTITY;
        if (row.bool("has_default")) return Filling.DEFAULT;
        return row.bool("not_null") ? Filling.REQUIRED : Filling.NULL;
    }
}
