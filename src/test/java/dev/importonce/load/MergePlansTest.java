package dev.importonce.load;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.importonce.job.NoWorkers;
import dev.importonce.platform.Database;
import dev.importonce.platform.TestPostgres;
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
import java.util.regex.Pattern;
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

    /** How a plan says that it looks into a target, and by what. */
    private static final Pattern LOOK_UP = Pattern.compile(
            "Scan (?:using|on) \\S+ on (?:contacts|chats|send_queue)\\S* k(?:_\\d+)?  .*\\n +Index Cond: (.*)");

    Database database;

    private final List<Target> targets;

    MergePlansTest(@All List<Target> targets) {
        this.targets = targets;
    }

    /** By the statistics every organisation and every campaign has one row. */
    @BeforeEach
    void many_small_organisations() {
        database.update("truncate contacts, contact_staging, send_queue, sent_messages, send_rates");
        database.update("""
                insert into contacts (org_id, email)
                select gen_random_uuid(), n || '@example.com' from generate_series(1, 20000) n
                """);
        database.update("""
                insert into send_queue (id, org_id, campaign_id, prospect_id, step, channel, body, due_at, turn)
                select gen_random_uuid(), gen_random_uuid(), n::text, n::text, 1, 'email', 'Hello', now(), now()
                from generate_series(1, 20000) n
                """);
        database.update("""
                insert into contact_staging (job_id, user_id, share, block, row_no, id, email, first_name, last_name, phone, company, attributes)
                select ?, ?, 0, n, '{1}', array[gen_random_uuid()], '{a@example.com}', '{}', '{}', '{}', '{}', '{}'
                from generate_series(1, 1000) n
                """, ANYBODY, ANYBODY);
        database.update("analyze contacts, send_queue, chats, contact_staging");
    }

    @Test
    void each_natural_key_is_looked_up_whole() {
        for (Target target : targets) {
            assertByKey(target, plan(target.merge(), ANYBODY, ANYBODY, 0, ANYBODY, false, "{}", "keep", "{}"));
            assertByKey(target, plan(target.compare(), ANYBODY, ANYBODY, ANYBODY, false, "{}", "keep", "{}"));
            if (target.undoable())
                assertByKey(
                        target, plan(target.undo().capture(), ANYBODY, ANYBODY, 0, ANYBODY, false, "{}", "keep", "{}"));
        }
    }

    private static void assertByKey(Target target, String plan) {
        List<String> conditions =
                LOOK_UP.matcher(plan).results().map(look -> look.group(1)).toList();
        assertFalse(conditions.isEmpty(), plan);
        for (String condition : conditions) assertTrue(condition.contains(KEY.get(target.name()) + " = "), plan);
    }

    /** As in a chunk's transaction. */
    private String plan(String statement, Object... args) {
        try (Connection connection = database.connect();
                PreparedStatement explain = connection.prepareStatement("explain " + statement)) {
            connection.createStatement().execute("set enable_seqscan = off");
            for (int i = 0; i < args.length; i++) explain.setObject(i + 1, args[i]);
            StringBuilder plan = new StringBuilder();
            ResultSet lines = explain.executeQuery();
            while (lines.next()) plan.append(lines.getString(1)).append('\n');
            return plan.toString();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
