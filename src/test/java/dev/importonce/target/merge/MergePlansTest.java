package dev.importonce.target.merge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.importonce.fixture.Database;
import dev.importonce.fixture.LookUps;
import dev.importonce.fixture.NoWorkers;
import dev.importonce.fixture.TestPostgres;
import dev.importonce.target.declare.DeclaredTables;
import dev.importonce.target.declare.Target;
import io.quarkus.arc.All;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a merge reads does not depend on what the planner takes an organisation to have. */
@QuarkusTest
@QuarkusTestResource(TestPostgres.class)
@TestProfile(NoWorkers.class)
class MergePlansTest {
    private static final UUID ANYBODY = UUID.fromString("00000000-0000-0000-0000-000000000001");

    /** The last column of each target's natural key. */
    private static final Map<String, String> KEY =
            Map.of("contacts", "email", "chats", "participants_key", "messages", "step");

    /** Where each target's rows are. */
    private static final Map<String, String> TABLE =
            Map.of("contacts", "contacts", "chats", "chats", "messages", "send_queue");

    /** So many, and so long, that the index of addresses is a level higher than the other, and costs more to look into. */
    private static final String CONTACTS = """
            insert into contacts (org_id, email)
            select gen_random_uuid(), repeat('x', 60) || n || '@example.com' from generate_series(1, 20000) n
            """;

    private static final String MESSAGES = """
            insert into send_queue (id, org_id, campaign_id, prospect_id, step, channel, body, due_at, turn)
            select gen_random_uuid(), gen_random_uuid(), n::text, n::text, 1, 'email', 'Hello', now(), now()
            from generate_series(1, 20000) n
            """;

    Database database;

    private final List<Target> targets;
    private final DeclaredTables tables;

    MergePlansTest(@All List<Target> targets, DeclaredTables tables) {
        this.targets = targets;
        this.tables = tables;
    }

    @BeforeEach
    void stage() {
        database.update("truncate contacts, target_staging, send_queue, sent_messages, send_rates");
        database.update("""
                insert into target_staging (job_id, user_id, share, owner_id, block, row_no, id, v1, v2, v3, v4, v5, v6)
                select ?, ?, 0, ?, n, '{1}', array[gen_random_uuid()], '{a@example.com}', '{}', '{}', '{}', '{}', '{}'
                from generate_series(1, 1000) n
                """, ANYBODY, ANYBODY, ANYBODY);
        database.update("analyze target_staging");
    }

    /** By the statistics every organisation and every campaign has one row. */
    @Test
    void among_many_organisations_the_whole_natural_key_is_looked_up() {
        database.update(CONTACTS);
        database.update(MESSAGES);
        database.update("analyze contacts, send_queue, chats");
        assertEachByKey();
    }

    /** By the statistics the tables have pages and not one row, since none was committed when they were taken. */
    @Test
    void during_the_first_writes_the_whole_natural_key_is_looked_up() {
        database.whileUncommitted(
                CONTACTS,
                () -> database.whileUncommitted(
                        MESSAGES, () -> database.update("analyze contacts, send_queue, chats")));
        assertEquals(
                0, database.count("select max(reltuples) from pg_class where relname in ('contacts', 'send_queue')"));
        assertEachByKey();
    }

    private void assertEachByKey() {
        for (Target target : targets) {
            if (target.isDeclared()) {
                assertDeclaredByKey(target);
                continue;
            }
            assertByKey(
                    target,
                    2,
                    plan(target.statements().merge(), ANYBODY, ANYBODY, 0, ANYBODY, false, "{}", "keep", "{}"));
            assertByKey(
                    target,
                    1,
                    plan(target.statements().compare(), ANYBODY, ANYBODY, ANYBODY, false, "{}", "keep", "{}"));
        }
    }

    private void assertDeclaredByKey(Target target) {
        Arguments arguments = new Arguments(
                target,
                tables.current(target.declaration()),
                new Share(ANYBODY, ANYBODY, 0, ANYBODY),
                MergeRules.keepAll(target));
        TableParts parts = arguments.parts();
        for (boolean undoable : new boolean[] {false, true}) {
            TableStatements statements = TableStatements.of(parts, undoable);
            assertWrittenByPlace(target, "email", plan(statements.merge().statement(), arguments.merge(undoable)));
            assertWrittenByPlace(
                    target, "email", plan(statements.some().statement(), arguments.some(1, 256, undoable)));
            assertByKey(target, 1, plan(statements.lock(), arguments.lock()));
            assertByKey(target, 1, plan(statements.lockSome(), arguments.lock(1, 256)));
        }
        assertByKey(target, 1, plan(MergeStatement.foreseen(parts), arguments.foresee()));
        assertWrittenByPlace(target, "(id", plan(UndoStatement.of(parts, List.of(), true), arguments.undo(1, 256, 0)));
        assertByKey(target, "(id", 1, plan(UndoStatement.locked(parts), arguments.lockImages(1, 256)));
        TableStatements statements = TableStatements.of(parts, false);
        String insert = plan(statements.insert(), arguments.insert());
        assertFalse(insert.matches("(?s).*Scan[^\\n]* on " + TABLE.get(target.name()) + ".*"), insert);
        String vacant = plan(statements.vacant(), arguments.vacant());
        assertFalse(vacant.contains("_pkey"), vacant);
        assertFalse(vacant.contains("Seq Scan"), vacant);
    }

    /** One look-up; what was found is written by its place. */
    private void assertWrittenByPlace(Target target, String key, String plan) {
        assertTrue(plan.contains("TID Cond: (ctid = "), plan);
        assertByKey(target, key, 1, plan.replaceAll("Tid Scan on [^\\n]*\\n *TID Cond[^\\n]*", ""));
    }

    private void assertByKey(Target target, int most, String plan) {
        assertByKey(target, KEY.get(target.name()), most, plan);
    }

    /** @param most look-ups, each of which a plan repeats for every partition */
    private void assertByKey(Target target, String key, int most, String plan) {
        String table = TABLE.get(target.name());
        long parts =
                Math.max(1, database.count("select count(*) from pg_inherits where inhparent = ?::regclass", table));
        List<String> conditions = LookUps.of(plan, table);
        assertTrue(!conditions.isEmpty() && conditions.size() <= most * parts, plan);
        for (String condition : conditions) assertTrue(LookUps.isForOne(key, condition), plan);
        assertFalse(plan.matches("(?s).*(?:Seq|Bitmap Heap) Scan on " + table + ".*"), plan);
    }

    /** As in a chunk's transaction. */
    private String plan(String statement, Object... args) {
        ByKey told = statement.contains("target_") ? ByKey.LOOK_UP_AND_WRITE : ByKey.LOOK_UP;
        try (Connection connection = database.connect();
                PreparedStatement explain = connection.prepareStatement("explain " + statement)) {
            connection.setAutoCommit(false);
            connection.createStatement().execute("set enable_seqscan = off");
            connection.createStatement().execute(told.settings());
            for (int i = 0; i < args.length; i++) set(explain, i + 1, args[i]);
            StringBuilder plan = new StringBuilder();
            ResultSet lines = explain.executeQuery();
            while (lines.next()) plan.append(lines.getString(1)).append('\n');
            return plan.toString();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void set(PreparedStatement statement, int place, Object arg) throws SQLException {
        statement.setObject(
                place, arg instanceof String[] texts ? statement.getConnection().createArrayOf("text", texts) : arg);
    }
}
