package dev.importonce.platform;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.importonce.fixture.Database;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * Every statement about a table that deploy/citus/distribute.sql distributes says whose rows it is about, by a plain parameter for
 * each of these tables: only then Citus sends it to one node, and only then it is about nobody else's rows. Tested on PostgreSQL's
 * own partitions, with a declared table that is partitioned in the same way.
 */
@QuarkusTest
@TestProfile(ByTheTest.class)
class ShardKeyTest {
    /** Of each statement that may go to several shards: how to tell it, and why it may. */
    private static final Map<String, String> SCATTERED = Map.of(
            "select distinct job_id, user_id from",
            "sweep: what jobs that have ended left in staging",
            "select coalesce(sum(n - 1), 0)::bigint as count",
            "integrity: duplicate contacts, of everybody");

    /** The control plane, which stays on the coordinator. */
    private static final Set<String> WHOLE = Set.of(
            "chat_messages",
            "chat_staging",
            "chats",
            "contact_before_images",
            "contact_staging",
            "dedupe_log",
            "flyway_schema_history",
            "idempotency_keys",
            "import_chunks",
            "import_refusals",
            "import_rejects",
            "import_targets",
            "message_staging",
            "migration_jobs",
            "remembered_mappings",
            "renditions",
            "send_queue",
            "send_rates",
            "sent_messages",
            "sources",
            "uploads",
            "webhook_events");

    /** Checks and clean-ups. */
    private static final Pattern LOOK_AT_EVERYTHING = Pattern.compile(
            ".*(/integrity/|Duplicate(?:Jobs|Contacts|Chats)|ContactKeys|AddressCheck|ChatRepair|RepairStep).*");

    SentStatements sent;
    Database database;

    @Test
    void every_statement_names_the_owner_by_a_parameter() throws IOException {
        UUID user = sent.inLastPartition();
        sent.reset();

        new Errands(user, sent.inLastPartition(), 40, database).run();

        Map<Long, String> named = sent.named(sent.cuts().keySet());
        Set<Long> judged = new TreeSet<>();
        Set<String> executed = new TreeSet<>();
        Map<String, Set<String>> scattered = new TreeMap<>();
        for (SentStatements.Execution execution : sent.executions()) {
            judged.add(execution.id());
            executed.add(execution.text());
            if (!execution.scattered().isEmpty()) scattered.put(execution.text(), execution.scattered());
        }
        named.keySet().removeAll(judged);
        assertEquals(Map.of(), named, "sent, but no plan of it was seen");
        assertTrue(
                executed.stream()
                                .filter(text -> names(text, sent.cuts().keySet()))
                                .count()
                        > 20,
                "few statements were seen: " + executed);

        Set<String> unused = new TreeSet<>(SCATTERED.keySet());
        scattered.keySet().removeIf(text -> SCATTERED.keySet().stream()
                .filter(text::startsWith)
                .peek(unused::remove)
                .findFirst()
                .isPresent());
        assertEquals(Map.of(), scattered, "in the plans of these are several partitions of these tables");
        assertEquals(Set.of(), unused, "named for nothing");
        executed.removeIf(text -> !names(text, sent.cuts().keySet()) || !names(text, WHOLE));
        assertEquals(Set.of(), executed, "these are about the control plane and about what is distributed");

        Set<String> others = OwnStatements.about(
                sent.cuts().keySet(), path -> !LOOK_AT_EVERYTHING.matcher(path).matches());
        Set<String> left = new TreeSet<>();
        for (String statement : others) if (!sent.planned(statement, user).isEmpty()) left.add(statement);
        left.removeIf(text -> SCATTERED.keySet().stream().anyMatch(text::startsWith));
        assertEquals(Set.of(), left, "these are planned for several partitions");
    }

    private static boolean names(String statement, Set<String> tables) {
        return Pattern.compile("(?i)\\b(?:from|join|into|update|using)\\s+(?:only\\s+)?(?:\"?public\"?\\.)?\"?(?:"
                        + String.join("|", tables) + ")\\b")
                .matcher(statement)
                .find();
    }

    @Test
    void what_is_cut_here_is_what_would_be_distributed() throws IOException {
        String script = Files.readString(Path.of("deploy/citus/distribute.sql"));
        Map<String, String> distributed = new TreeMap<>();
        Matcher place = Pattern.compile("\\('(\\w+)', '(\\w+_id)', '\\w+'\\)").matcher(script);
        while (place.find()) distributed.put(place.group(1), place.group(2));
        Map<String, String> cuts = sent.cuts();
        cuts.remove("errands");

        assertEquals(cuts, distributed);
        assertEquals(WHOLE, sent.uncut());
    }
}
