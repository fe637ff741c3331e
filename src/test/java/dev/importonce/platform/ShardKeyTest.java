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

/** What the service sends on behalf of one user, organisation or chat goes to one shard, but for what is named here. */
@QuarkusTest
@TestProfile(ByTheTest.class)
class ShardKeyTest {
    /** Of each statement that may go to several shards: how to tell it, and why it may. */
    private static final Map<String, String> SCATTERED = Map.ofEntries(
            Map.entry("with due as materialized ( select job_id", "claim, and rescue: whoever's chunk is due first"),
            Map.entry("with due as materialized ( select ctid as place, id, org_id", "claim, and rescue: of messages"),
            Map.entry("select count(*) as due from", "how much is due, of everybody: the cron endpoint's answer"),
            Map.entry(
                    "insert into migration_jobs as j",
                    "a new job's turn, behind all of its organisation's, whose jobs are in the shards of its users"),
            Map.entry("update migration_jobs j set undo_requested_at", "the same turn, of an undo"),
            Map.entry(
                    "select sc1_0.id,array(select u.u from unnest(participants)",
                    "a chat by its id: chats are by their key (whole on every node of Citus)"),
            Map.entry("select m.id, k.id as chat_id", "a chat by its id, for its messages: those are in one shard"),
            Map.entry("with chat as ( select coalesce(merged_into, id)", "a chat by its id, for a message into it"),
            Map.entry(
                    "with share as ( delete from chat_staging", "an import of chats: each by its key, which are many"),
            Map.entry("with blocks as materialized ( select row_no, participants_key", "the same, previewed"),
            Map.entry("select distinct job_id, user_id from", "sweep: what jobs that have ended left in staging"),
            Map.entry("update uploads set touched_at = 'infinity'", "sweep: uploads that became sources"),
            Map.entry("select u.id, u.user_id from uploads u", "sweep: uploads that nobody goes on with"),
            Map.entry("select s.id, s.user_id from sources s", "sweep: sources that nobody has used for 30 days"),
            Map.entry("update import_chunks set due_at = case status", "sweep: leases that a clock has left behind"),
            Map.entry("update send_queue set due_at = now() +", "the same of messages"),
            Map.entry("delete from idempotency_keys where", "sweep: keys that are older than 30 days"),
            Map.entry(
                    "delete from remembered_mappings where (org_id, columns_sha256, target) in ( select org_id, columns_sha256, target from remembered_mappings where used_at",
                    "sweep: mappings that nobody uses"),
            Map.entry("select id, user_id, target from ( select", "sweep: undo ends"),
            Map.entry("select coalesce(sum(n - 1), 0)::bigint as count", "integrity: duplicates, of everybody"),
            Map.entry("with bare as", "integrity: duplicate chats"),
            Map.entry("select count(*) as count", "integrity: what is stuck, of everybody"),
            Map.entry("with chunks as ( select j.id", "integrity: every job's counters"));

    /** The same of statements that did not run here, by their plans, in which what goes by values that rows have is not told. */
    private static final Map<String, String> PLANNED_SCATTERED = Map.of(
            "with rate as", "claim of messages within a rate: whoever's is due first",
            "with claimed as materialized", "a lease of many messages is extended, each by its organisation",
            "update send_rates set free_at", "sweep: rates that a clock has left behind");

    /** Checks and clean-ups. */
    private static final Pattern LOOK_AT_EVERYTHING = Pattern.compile(
            ".*(/integrity/|Duplicate(?:Jobs|Contacts|Chats)|ContactKeys|AddressCheck|ChatRepair|RepairStep).*");

    SentStatements sent;
    Database database;

    @Test
    void every_statement_goes_to_the_shard_of_its_owner_or_chat() throws IOException {
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
        assertTrue(judged.size() > 80, "few statements were seen: " + judged.size());

        Set<String> unused = new TreeSet<>(SCATTERED.keySet());
        scattered.keySet().removeIf(text -> SCATTERED.keySet().stream()
                .filter(text::startsWith)
                .peek(unused::remove)
                .findFirst()
                .isPresent());
        assertEquals(Map.of(), scattered, "these went through several partitions of these tables");
        assertEquals(Set.of(), unused, "named for nothing");

        Set<String> others = OwnStatements.about(
                sent.cuts().keySet(), path -> !LOOK_AT_EVERYTHING.matcher(path).matches());
        assertTrue(others.removeAll(executed) && others.size() < 40, "the statements were not found: " + others);
        Set<String> left = new TreeSet<>();
        for (String statement : others) if (!sent.planned(statement, user).isEmpty()) left.add(statement);
        left.removeIf(text -> PLANNED_SCATTERED.keySet().stream().anyMatch(text::startsWith));
        assertEquals(Set.of(), left, "these did not run here, and are planned for several partitions");
    }

    @Test
    void what_is_cut_here_is_what_would_be_distributed() throws IOException {
        String script = Files.readString(Path.of("deploy/citus/distribute.sql"));
        Map<String, String> distributed = new TreeMap<>();
        Matcher call =
                Pattern.compile("create_distributed_table\\('(\\w+)', '(\\w+)'").matcher(script);
        while (call.find()) distributed.put(call.group(1), call.group(2));
        assertTrue(script.contains("create_reference_table('chats')"));
        distributed.put("chats", "participants_key");

        assertEquals(sent.cuts(), distributed);
        assertEquals(Set.of("dedupe_log", "flyway_schema_history", "import_targets", "webhook_events"), sent.uncut());
    }
}
