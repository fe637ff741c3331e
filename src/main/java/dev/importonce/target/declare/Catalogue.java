package dev.importonce.target.declare;

import dev.importonce.postgres.Row;
import dev.importonce.postgres.Sql;
import dev.importonce.target.declare.CatalogueColumn.Filling;
import dev.importonce.target.declare.CatalogueColumn.Privileges;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads what the database's catalogue says about tables. */
@ApplicationScoped
public class Catalogue {
    private static final String TABLE = """
            select c.relkind, c.relrowsecurity as row_security
            from pg_class c
            join pg_namespace n on n.oid = c.relnamespace
            where n.nspname = ? and c.relname = ? and c.relkind in ('r', 'p', 'v', 'm', 'f')
            """;

    /** A domain has the length, the scale and the values of its base, which may be a domain, too. */
    private static final String COLUMNS = """
            select a.attname as name, b.typname as type, b.typname in ('varchar', 'bpchar') as is_limited, b.typname = 'numeric' as is_numeric,
                   b.typmod, a.attnotnull or b.not_null as not_null, a.attgenerated <> '' as is_generated,
                   a.attidentity <> '' as is_identity, a.atthasdef or b.has_default as has_default,
                   array(select e.enumlabel::text from pg_enum e where e.enumtypid = b.oid order by e.enumsortorder) as labels,
                   has_column_privilege(c.oid, a.attnum, 'select') as may_select,
                   has_column_privilege(c.oid, a.attnum, 'insert') as may_insert,
                   has_column_privilege(c.oid, a.attnum, 'update') as may_update
            from pg_class c
            join pg_namespace n on n.oid = c.relnamespace
            join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
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
            select i.relname as name,
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

    /** Bytes that PostgreSQL adds to the length or precision of a type. */
    private static final int HEADER = 4;

    private static final int SCALE_BITS = 0x7ff;

    private final Sql sql;

    Catalogue(Sql sql) {
        this.sql = sql;
    }

    /** The table, view or the like of that name. */
    public Optional<CatalogueTable> table(TableName name) {
        return sql.first(TABLE, row -> table(name, row), name.schema(), name.name());
    }

    private CatalogueTable table(TableName name, Row row) {
        List<List<String>> keys = new ArrayList<>();
        List<String> others = new ArrayList<>();
        sql.list(
                KEYS,
                each -> each.bool("is_key") ? keys.add(each.texts("columns")) : others.add(each.text("name")),
                name.schema(),
                name.name());
        return new CatalogueTable(
                name,
                kind(row.text("relkind")),
                sql.list(COLUMNS, Catalogue::column, name.schema(), name.name()),
                List.copyOf(keys),
                List.copyOf(others),
                sql.list(CHECKS, check -> check.text("definition"), name.schema(), name.name()),
                row.bool("row_security"));
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
