package dev.importonce.target.declare;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.importonce.fixture.Database;
import dev.importonce.fixture.TestPostgres;
import dev.importonce.target.declare.CatalogueColumn.Filling;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tables as people have them. */
@QuarkusTest
@QuarkusTestResource(TestPostgres.class)
class CatalogueTest {
    private final Catalogue catalogue;

    Database database;

    CatalogueTest(Catalogue catalogue) {
        this.catalogue = catalogue;
    }

    @BeforeEach
    void an_empty_schema() {
        database.update("drop schema if exists \"Odd \"\"shop\"\"\" cascade");
        database.update("create schema \"Odd \"\"shop\"\"\"");
    }

    @Test
    void names_are_read_as_in_sql() {
        assertEquals(Optional.of(new TableName("public", "products")), TableName.read("Public.Products"));
        assertEquals(Optional.of(new TableName("Odd \"shop\"", "a.b")), TableName.read("\"Odd \"\"shop\"\"\".\"a.b\""));
        for (String none : List.of("products", "a.b.c", "a.", "\"a.b", "a b.c", "a.b;drop table c", ""))
            assertEquals(Optional.empty(), TableName.read(none), none);
    }

    @Test
    void columns_are_what_their_types_and_domains_say() {
        database.update("create domain \"Odd \"\"shop\"\"\".code as varchar(8) not null");
        database.update("create domain \"Odd \"\"shop\"\"\".sku as \"Odd \"\"shop\"\"\".code default 'x'");
        database.update("create type \"Odd \"\"shop\"\"\".state as enum ('new', 'used')");
        CatalogueTable table = made("""
                id bigint generated always as identity, "Käse \\U0001F9C0" numeric(10, 2), price numeric, code "Odd ""shop"\"".code,
                sku "Odd ""shop"\"".sku, state "Odd ""shop"\"".state, tags text[], twice int generated always as (1 + 1) stored,
                serial serial, name char(3) not null
                """.replace("\\U0001F9C0", "\uD83E\uDDC0"));

        assertEquals(
                List.of(
                        "id int8 0 -1 IDENTITY",
                        "K\u00e4se \uD83E\uDDC0 numeric 0 2 NULL",
                        "price numeric 0 -1 NULL",
                        "code varchar 8 -1 REQUIRED",
                        "sku varchar 8 -1 DEFAULT",
                        "state state 0 -1 NULL",
                        "tags _text 0 -1 NULL",
                        "twice int4 0 -1 GENERATED",
                        "serial int4 0 -1 DEFAULT",
                        "name bpchar 3 -1 REQUIRED"),
                table.columns().stream()
                        .map(column -> column.name() + " " + column.type() + " " + column.length() + " "
                                + column.scale() + " " + column.filling())
                        .toList());
        assertEquals(List.of("new", "used"), table.column("state").orElseThrow().labels());
        assertEquals(Filling.GENERATED, table.column("twice").orElseThrow().filling());
    }

    @Test
    void only_an_index_of_all_rows_and_of_columns_can_be_a_key() {
        CatalogueTable table = made("""
                id int primary key, org uuid, sku text, late text unique deferrable initially deferred, more int,
                constraint by_sku unique (org, sku) include (more)
                """);
        database.update("create unique index partial on \"Odd \"\"shop\"\"\".goods (sku) where more > 0");
        database.update("create unique index lowered on \"Odd \"\"shop\"\"\".goods (lower(sku))");
        database.update("create index no_key on \"Odd \"\"shop\"\"\".goods (sku)");
        table = catalogue.table(table.name()).orElseThrow();

        assertEquals(
                List.of(List.of("org", "sku"), List.of("id")), table.indexes().keys());
        assertEquals(
                List.of("goods_late_key", "lowered", "partial"), table.indexes().others());
    }

    @Test
    void checks_are_rules_where_they_say_one() {
        CatalogueTable table = made("""
                id int primary key, price numeric check (price >= 0), age int check (age between 0 and 150),
                state text check (state in ('new', 'it''s used')), code varchar(3) check (code in ('a', 'b')),
                size char(1) check (size in ('S', 'M')), low bigint check (low >= -5), free text check (free <> '')
                """);
        CheckRules rules = new CheckRules(table.checks());

        assertEquals(Optional.of("0"), rules.min("price"));
        assertEquals(Optional.of("150"), rules.max("age"));
        assertEquals(Optional.of("-5"), rules.min("low"));
        assertEquals(List.of("new", "it's used"), rules.values("state"));
        assertEquals(List.of("a", "b"), rules.values("code"));
        assertEquals(List.of("S", "M"), rules.values("size"));
        assertEquals(List.of("(free <> ''::text)"), rules.others());
    }

    @Test
    void what_it_suggests_fits() {
        database.update("create type \"Odd \"\"shop\"\"\".state as enum ('new', 'used')");
        CatalogueTable table = made("""
                id bigint generated always as identity primary key, org_id uuid not null, "Artikel-Nr." varchar(20) not null,
                price_net numeric(10, 2) check (price_net >= 0), state "Odd ""shop""\".state, tags text[], released_on date,
                place point, unique (org_id, "Artikel-Nr.")
                """);
        Discovery discovery = Discovery.of(table, name -> Optional.empty());
        DeclarationReader.Outcome read = DeclarationReader.read(discovery.declaration());

        assertEquals(List.of(), read.faults());
        assertEquals(List.of(), Fit.faults(read.declaration(), table));
        assertEquals(List.of(List.of("artikelNr")), discovery.keyCandidates());
        assertEquals(TableName.read(read.declaration().table()), Optional.of(table.name()));
    }

    @Test
    void what_is_no_table_is_said_to_be_none() {
        database.update("create view \"Odd \"\"shop\"\"\".seen as select 1 as one");
        database.update("create table \"Odd \"\"shop\"\"\".parts (id int primary key) partition by hash (id)");
        assertEquals(CatalogueTable.Kind.VIEW, kind("seen"));
        assertEquals(CatalogueTable.Kind.TABLE, kind("parts"));
        assertEquals(Optional.empty(), catalogue.table(new TableName("Odd \"shop\"", "parts_pkey")));
        assertEquals(Optional.empty(), catalogue.table(new TableName("Odd \"shop\"", "Seen")));
    }

    private CatalogueTable.Kind kind(String name) {
        return catalogue
                .table(new TableName("Odd \"shop\"", name))
                .orElseThrow()
                .kind();
    }

    private CatalogueTable made(String columns) {
        database.update("create table \"Odd \"\"shop\"\"\".goods (" + columns + ")");
        return catalogue.table(new TableName("Odd \"shop\"", "goods")).orElseThrow();
    }
}
