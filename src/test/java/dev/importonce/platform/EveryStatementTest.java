package dev.importonce.platform;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.importonce.fixture.Database;
import dev.importonce.integrity.Dedupe;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * Every statement, planned and run in tables that are full of a few large tenants' rows: it looks at no more than a few times what
 * its caller has, however many the others have.
 */
@QuarkusTest
@TestProfile(EveryStatementTest.WholeTables.class)
class EveryStatementTest {
    /** In tables that are whole, as those of most who run it. */
    public static class WholeTables extends ByTheTest {
        @Override
        Map<String, String> database() {
            return SentStatements.WHOLE;
        }
    }

    private static final int OWN_ROWS = 300;

    /** Of one statement: its joins and sorts come by the same rows several times. Row by row with each other they would be more. */
    private static final int MOST = 10 * OWN_ROWS;

    /** The checks and the clean-ups of duplicates look at everything, a few times over. */
    private static final Pattern LOOK_AT_EVERYTHING =
            Pattern.compile(".*(/integrity/|Duplicate(?:Jobs|Contacts|Chats)|ContactKeys|AddressCheck|ChatRepair).*");

    /** Nothing of it is sent to a database that is not distributed. */
    private static final Pattern ON_A_CLUSTER = Pattern.compile(".*/Distribution\\.java");

    SentStatements sent;
    Database database;

    private final Dedupe dedupe;

    EveryStatementTest(Dedupe dedupe) {
        this.dedupe = dedupe;
    }

    @Test
    void every_statement_finds_its_rows_by_key() throws IOException {
        Neighbours.moveIn(database);
        sent.reset();

        new Errands(UUID.randomUUID(), UUID.randomUUID(), OWN_ROWS, database).run();
        for (String what : List.of("contacts", "chats", "jobs"))
            dedupe.run(what, true, new PrintStream(OutputStream.nullOutputStream()));

        Set<String> tables = sent.uncut();
        tables.add("chat_groups");
        Set<String> everything = OwnStatements.about(
                tables, path -> LOOK_AT_EVERYTHING.matcher(path).matches());
        Map<String, Set<String>> beyond = new TreeMap<>();
        Set<String> executed = new TreeSet<>();
        for (SentStatements.Execution execution : sent.executions()) {
            String text = execution.text();
            // Flyway's, of the catalogue.
            if (text.contains("pg_catalog.")) continue;
            executed.add(text);
            // The check of unique indexes is put together from parts, and looks at the catalogue, too.
            long most = everything.contains(text) ? 3L * Neighbours.ROWS : MOST;
            List<String> nodes = RowsLookedAt.beyond(execution.plan(), most);
            if (!nodes.isEmpty())
                beyond.computeIfAbsent(text, t -> new TreeSet<>()).addAll(nodes);
        }
        assertEquals(Map.of(), beyond, "these looked at others' rows, or at their own again and again");

        Set<String> others =
                OwnStatements.about(tables, path -> !ON_A_CLUSTER.matcher(path).matches());
        assertTrue(others.removeAll(executed) && others.size() < 60, "the statements were not found: " + others);
    }
}
