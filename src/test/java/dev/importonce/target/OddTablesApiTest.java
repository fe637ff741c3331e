package dev.importonce.target;

import static dev.importonce.fixture.Declared.csv;
import static dev.importonce.fixture.Declared.foreseen;
import static dev.importonce.fixture.Declared.outcome;
import static dev.importonce.fixture.Declared.put;
import static dev.importonce.fixture.Declared.rejects;
import static dev.importonce.fixture.Imports.imported;
import static dev.importonce.fixture.Imports.preview;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.importonce.fixture.Database;
import dev.importonce.fixture.TestPostgres;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tables as people have them, where other importers fail. */
@QuarkusTest
@QuarkusTestResource(TestPostgres.class)
class OddTablesApiTest {
    private static final String ONE_FIELD = """
            {"name": "things", "table": "odd.things", "owner": null, "key": ["code"],
             "fields": [{"name": "code", "column": "code", "type": "text"}, {"name": "n", "column": "n", "type": "integer"}]}
            """;
    private static final String MAPPING = "{\"target\": \"things\", \"fields\": {\"code\": \"code\", \"n\": \"n\"}}";

    Database database;

    @BeforeEach
    void an_empty_schema() {
        database.update("drop schema if exists odd cascade");
        database.update("create schema odd");
        database.update("delete from import_targets");
    }

    @AfterEach
    void nothing_is_left() {
        database.update("drop schema odd cascade");
        database.update("delete from import_targets");
    }

    @Test
    void names_may_have_quotes_blanks_capitals_and_emoji() {
        database.update("""
                create table odd."Käse ""&"" Brot 🧀?" ("Id" serial primary key, "SKU?" text unique, "select" int, "a""b" text default 'x?')
                """);
        declare("""
                {"name": "cheese", "table": "odd.\\"Käse \\"\\"&\\"\\" Brot 🧀?\\"", "owner": null, "key": ["sku"],
                 "fields": [{"name": "sku", "column": "SKU?", "type": "text"}, {"name": "choice", "column": "select", "type": "integer"},
                            {"name": "ab", "column": "a\\"b", "type": "text"}]}
                """);
        String mapping =
                "{\"target\": \"cheese\", \"undoable\": true, \"fields\": {\"sku\": \"s\", \"choice\": \"c\", \"ab\": \"a\"}}";
        assertEquals("inserted 2", outcome(imported(csv("s,c,a", "'; drop table odd.x; --,1,", "b,2,y"), mapping)));
        assertEquals(
                "updated 1, unchanged 1",
                outcome(imported(csv("s,c,a", "'; drop table odd.x; --,3,", "b,2,y"), mapping)));
        assertEquals(
                List.of(List.of("'; drop table odd.x; --", 3, "x?"), List.of("b", 2, "y")),
                database.rows(
                        "select \"SKU?\", \"select\", \"a\"\"b\" from odd.\"Käse \"\"&\"\" Brot 🧀?\" order by 1"));
    }

    @Test
    void a_partitioned_table_takes_each_row_where_it_belongs() {
        database.update(
                "create table odd.things (code text, n int check (n < 100), primary key (code)) partition by hash (code)");
        for (int i = 0; i < 3; i++)
            database.update("create table odd.things_" + i
                    + " partition of odd.things for values with (modulus 3, remainder " + i + ")");
        declare(ONE_FIELD);
        assertEquals("inserted 4", outcome(imported(csv("code,n", "a,1", "b,2", "c,3", "d,4"), MAPPING)));
        JsonPath job = imported(csv("code,n", "a,1", "b,5", "c,100", "e,6"), MAPPING);
        assertEquals("inserted 1, updated 1, unchanged 1, rejected 1", outcome(job));
        assertEquals(List.of("4: The table's check refuses it (things_n_check on n)."), rejects(job));
    }

    @Test
    void types_of_the_database_are_kept() {
        database.update("create type odd.mood as enum ('sad', 'ok')");
        database.update("create domain odd.short as varchar(3) check (value <> 'bad')");
        database.update("""
                create table odd.things (code odd.short primary key, mood odd.mood not null default 'ok', tags text[], price real, day date,
                    at time, made timestamp, key uuid, more json, search tsvector generated always as (to_tsvector('simple', code)) stored)
                """);
        declare("""
                {"name": "things", "table": "odd.things", "owner": null, "key": ["code"], "fields": [
                 {"name": "code", "column": "code", "type": "text"},
                 {"name": "mood", "column": "mood", "type": "enum", "values": {"sad": ["traurig"], "ok": []}},
                 {"name": "tags", "column": "tags", "type": "list"}, {"name": "price", "column": "price", "type": "decimal"},
                 {"name": "day", "column": "day", "type": "date"}, {"name": "at", "column": "at", "type": "time"},
                 {"name": "made", "column": "made", "type": "timestamp"}, {"name": "key", "column": "key", "type": "uuid"},
                 {"name": "more", "column": "more", "type": "json"}]}
                """);
        String mapping = """
                {"target": "things", "undoable": true, "fields": {"code": "c", "mood": "m", "tags": "t", "price": "p", "day": "d",
                 "at": "a", "made": "z", "key": "k", "more": "j"}}
                """;
        byte[] file = csv(
                "c|m|t|p|d|a|z|k|j",
                "abc|traurig|x; y|0.1|2030-01-31|17:30|2030-01-31T10:00:00Z|00000000-0000-4000-8000-000000000001|{\"a\": [1]}",
                "abcd|ok|||||||",
                "bad|ok|||||||",
                "def||||||||");
        JsonPath job = imported(file, mapping);
        assertEquals("inserted 2, rejected 2", outcome(job));
        assertEquals(
                List.of("3: A text is too long for its column.", "4: The table's check refuses it (short_check)."),
                rejects(job));
        assertEquals(
                List.of(
                        List.of(
                                "abc",
                                "sad",
                                "{x,y}",
                                "0.1",
                                "2030-01-31",
                                "17:30:00",
                                "2030-01-31 10:00:00",
                                "{\"a\": [1]}"),
                        List.of("def", "ok", "-", "-", "-", "-", "-", "-")),
                database.rows("""
                        select code, mood::text, coalesce(tags::text, '-'), coalesce(price::text, '-'), coalesce(day::text, '-'),
                               coalesce(at::text, '-'), coalesce(made::text, '-'), coalesce(more::text, '-')
                        from odd.things order by code
                        """));
        assertEquals("unchanged 2, rejected 2", outcome(imported(file, mapping)));
    }

    @Test
    void keys_that_ignore_case_are_one_key_for_the_last_row() {
        database.update("create extension if not exists citext schema odd");
        database.update("create table odd.things (code odd.citext primary key, n int)");
        declare(ONE_FIELD);
        String[] lines = new String[401];
        lines[0] = "code,n";
        for (int i = 0; i < 400; i++) lines[i + 1] = (i % 2 == 0 ? "key" : "KEY") + i / 2 + "," + i;
        assertEquals("inserted 200, overridden 200", outcome(imported(csv(lines), MAPPING)));
        assertEquals(200, database.count("select count(*) from odd.things where n % 2 = 1"));
    }

    @Test
    void triggers_change_refuse_and_drop_rows() {
        database.update("create table odd.things (code text primary key, n int, noted text)");
        database.update("""
                create function odd.judge() returns trigger language plpgsql as $$
                begin
                    if new.n = 1 then raise exception 'One is not wanted'; end if;
                    if new.n = 2 then return null; end if;
                    new.noted := 'seen';
                    return new;
                end $$
                """);
        database.update(
                "create trigger judge before insert or update on odd.things for each row execute function odd.judge()");
        declare(ONE_FIELD);
        byte[] file = csv("code,n", "a,1", "b,2", "c,3");
        assertEquals("inserted 1, rejected 2", foreseen(preview(file, MAPPING)));
        JsonPath job = imported(file, MAPPING);
        assertEquals("inserted 1, rejected 2", outcome(job));
        assertEquals(
                List.of(
                        "2: A trigger of the table refuses it: One is not wanted",
                        "3: The table did not store the row: one of its triggers drops it."),
                rejects(job));
        assertEquals(List.of(List.of("c", 3, "seen")), database.rows("select * from odd.things"));
    }

    @Test
    void late_and_pairwise_constraints_refuse_rows_alone() {
        database.update("create table odd.rooms (id int primary key)");
        database.update("""
                create table odd.things (code text primary key, n int references odd.rooms deferrable initially deferred,
                    other text unique deferrable initially deferred, exclude (n with =))
                """);
        database.update("insert into odd.rooms values (1), (2)");
        declare("""
                {"name": "things", "table": "odd.things", "owner": null, "key": ["code"], "fields": [
                 {"name": "code", "column": "code", "type": "text"}, {"name": "n", "column": "n", "type": "integer"},
                 {"name": "other", "column": "other", "type": "text"}]}
                """);
        JsonPath job = imported(
                csv("code,n,o", "a,1,x", "b,3,y", "c,1,z", "d,2,x"),
                "{\"target\": \"things\", \"fields\": {\"code\": \"code\", \"n\": \"n\", \"other\": \"o\"}}");
        assertEquals("completed", job.getString("status"), job::prettify);
        assertEquals("inserted 1, rejected 3", outcome(job));
        assertEquals(
                List.of(
                        "3: The row that it refers to does not exist (things_n_fkey on n).",
                        "4: It conflicts with another row (things_n_excl on n).",
                        "5: Another row has the same values already (things_other_key on other)."),
                rejects(job));
    }

    @Test
    void a_table_may_have_two_hundred_columns() {
        String columns = IntStream.range(1, 200).mapToObj(i -> "c" + i + " int").collect(Collectors.joining(", "));
        database.update("create table odd.things (code text primary key, " + columns + ")");
        String fields = IntStream.range(1, 200)
                .mapToObj(i -> "{\"name\": \"c%1$d\", \"column\": \"c%1$d\", \"type\": \"integer\"}".formatted(i))
                .collect(Collectors.joining(", "));
        declare("{\"name\": \"things\", \"table\": \"odd.things\", \"owner\": null, \"key\": [\"code\"], \"fields\": ["
                + "{\"name\": \"code\", \"column\": \"code\", \"type\": \"text\"}, " + fields + "]}");
        String header = "code," + IntStream.range(1, 200).mapToObj(i -> "c" + i).collect(Collectors.joining(","));
        String row = IntStream.range(1, 200).mapToObj(String::valueOf).collect(Collectors.joining(","));
        String mapping = "{\"target\": \"things\", \"undoable\": true, \"fields\": {\"code\": \"code\", "
                + IntStream.range(1, 200)
                        .mapToObj(i -> "\"c%1$d\": \"c%1$d\"".formatted(i))
                        .collect(Collectors.joining(", "))
                + "}}";
        assertEquals("inserted 2", outcome(imported(csv(header, "a," + row, "b," + row), mapping)));
        assertEquals("updated 1, unchanged 1", outcome(imported(csv(header, "a," + row, "b,7" + row), mapping)));
        assertEquals(71, database.count("select c1 from odd.things where code = 'b'"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "create table odd.things (code text, n int); create unique index on odd.things (lower(code)) | /key",
                "create table odd.things (code text, n int); create unique index on odd.things (code) where n > 0 | /key",
                "create table odd.things (code text unique deferrable, n int) | /key",
                "create table odd.things (code text, n int) | /key",
                "create view odd.things as select 'a'::text as code, 1 as n | /table",
                "create table odd.things (code text unique, n int); create rule r as on insert to odd.things do instead nothing | /table",
                "create table odd.things (code text unique, n int, must int not null) | /fields",
                "create table odd.things (code text unique, n int generated always as (1) stored) | /fields/1/column",
                "create table odd.things (code text unique, n date) | /fields/1/type",
            })
    void what_cannot_be_a_target_is_refused_with_the_place(String ddl, String pointer) {
        for (String statement : ddl.split("; ")) database.update(statement);
        Response answer = put("things", ONE_FIELD);
        assertEquals(422, answer.statusCode());
        assertTrue(answer.jsonPath().getList("errors.pointer").contains(pointer), answer::asString);
    }

    @ParameterizedTest
    @CsvSource({
        "public.contacts",
        "public.import_targets",
        "pg_catalog.pg_class",
        "information_schema.tables",
        "odd.absent",
        "things"
    })
    void tables_of_others_are_out_of_reach(String table) {
        Response answer = put("things", ONE_FIELD.replace("odd.things", table));
        assertEquals(422, answer.statusCode());
        assertEquals(List.of("/table"), answer.jsonPath().getList("errors.pointer"));
    }

    private void declare(String declaration) {
        String name = declaration.replaceFirst("(?s).*?\"name\": \"([^\"]+)\".*", "$1");
        Response answer = put(name, declaration);
        assertEquals(201, answer.statusCode(), answer::asString);
    }
}
