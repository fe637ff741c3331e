package dev.importonce.chat;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.importonce.fixture.Database;
import dev.importonce.fixture.NotPartitioned;
import dev.importonce.fixture.TestPostgres;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Old chats get their keys, duplicates become one, and nothing is lost, whatever happens at the same moment. */
@QuarkusTest
@QuarkusTestResource(TestPostgres.class)
class ChatRepairTest {
    private static final Repaired NOTHING = new Repaired(0, 0, 0);

    private final ChatRepair repair;

    Database database;

    ChatRepairTest(ChatRepair repair) {
        this.repair = repair;
    }

    @BeforeEach
    void no_other_chats() {
        database.update("truncate chats, chat_messages, dedupe_log");
    }

    @Test
    void an_old_chat_takes_the_key_over_from_a_younger_one() {
        UUID old = oldChat(1, "{b,a,a}");
        UUID redirect = oldChat(3, "{a,b}");
        String young = Talk.createOrGet("a", "b").path("chat.id");
        database.update("update chats set merged_into = ?::uuid where id = ?", young, redirect);
        Talk.post(old, "old");
        Talk.post(young, "young");
        assertEquals(
                new RepairPlan(0, 1, 0, List.of(new RepairPlan.Duplicate(old, UUID.fromString(young), 1))),
                repair.plan());

        assertEquals(0, repair.fillKeys());
        assertEquals(new Repaired(0, 1, 1), repair.mergeDuplicates());

        for (Object id : List.of(old, young, redirect)) {
            assertEquals(old.toString(), given().get("/api/chats/" + id).path("id"));
            assertEquals(List.of("young", "old"), messages(id));
        }
        assertEquals(old.toString(), Talk.createOrGet("a", "b").path("chat.id"));
        assertEquals(old.toString(), Talk.post(redirect, "later").path("chatId"));
    }

    @Test
    void the_oldest_chat_is_kept_and_on_a_tie_the_one_of_lowest_id() {
        List<UUID> chats =
                List.of(oldChat(5, "{a,b}"), oldChat(2, "{b,a}"), oldChat(2, "{a,b,b}"), oldChat(9, "{a,b}"));
        chats.forEach(chat -> Talk.post(chat, "hello"));
        UUID kept = (UUID) database.rows("select id from chats order by created_at, id")
                .get(0)
                .get(0);

        assertEquals(new Repaired(1, 3, 3), repair.mergeDuplicates());

        assertEquals(List.of(List.of(kept)), database.rows("select id from chats where merged_into is null"));
        assertEquals(4, messages(kept).size());
    }

    @Test
    void chats_whose_participants_can_have_no_key_stay_as_they_are() {
        List<UUID> chats = List.of(
                oldChat(1, "{}"),
                oldChat(1, "{}"),
                oldChat(1, "{a}"),
                oldChat(1, "{a,a}"),
                oldChat(1, "{a,NULL,b}"),
                oldChat(1, "{a,NULL,b}"),
                oldChat(1, "{a,\"\"}"),
                oldChat(1, "{a," + "b".repeat(129) + "}"),
                oldChat(
                        1,
                        IntStream.range(0, 101).mapToObj(String::valueOf).collect(Collectors.joining(",", "{", "}"))));
        // Of another shape, yet a set.
        UUID square = oldChat(1, "{{a,b},{c,d}}");

        assertEquals(new RepairPlan(1, 0, chats.size(), List.of()), repair.plan());
        assertEquals(new Repaired(1, 0, 0), repair.mergeDuplicates());
        assertEquals(new RepairPlan(0, 0, chats.size(), List.of()), repair.plan());

        for (UUID chat : chats) {
            assertEquals(200, given().get("/api/chats/" + chat).statusCode());
            assertEquals(chat.toString(), Talk.post(chat, "still here").path("chatId"));
        }
        assertEquals(
                List.of("a", "b", "c", "d"), given().get("/api/chats/" + square).path("participants"));
    }

    @Test
    void more_chats_than_a_page_and_messages_than_a_batch_are_merged() {
        database.update("""
                insert into chats (id, participants, created_at)
                select gen_random_uuid(), array['a' || n % 1100, 'b'], timestamptz '2024-01-01' + n / 3 * interval '1 second'
                from generate_series(1, 1300) n
                """);
        database.update("""
                insert into chat_messages (id, chat_id, sender_id, body)
                select gen_random_uuid(), id, gen_random_uuid(), 'hello'
                from (select id from chats where participants[1] = 'a7' order by created_at, id offset 1) c
                cross join generate_series(1, 2500)
                """);

        assertEquals(new Repaired(1100, 200, 2500), repair.mergeDuplicates());

        assertEquals(NOTHING, repair.mergeDuplicates());
        assertEquals(2500, database.count("""
                select count(*) from chat_messages m join chats c on c.id = m.chat_id where c.merged_into is null
                """));
    }

    @Test
    @NotPartitioned("a chat that gets its key moves to another partition; repair comes before distributing")
    void any_number_of_repairs_at_once_do_the_work_of_one() throws Exception {
        database.update("""
                insert into chats (id, participants, created_at)
                select gen_random_uuid(), array['a' || n % 50, 'b'], now() - n * interval '1 second' from generate_series(1, 200) n
                """);
        database.update("""
                insert into chat_messages (id, chat_id, sender_id, body)
                select gen_random_uuid(), id, gen_random_uuid(), 'hello' from chats cross join generate_series(1, 5)
                """);

        List<Repaired> repairs = Talk.atOnce(6, repair::mergeDuplicates);

        assertEquals(50, repairs.stream().mapToLong(Repaired::keysFilled).sum());
        assertEquals(150, repairs.stream().mapToLong(Repaired::merged).sum());
        assertEquals(750, repairs.stream().mapToLong(Repaired::messagesMoved).sum());
        assertEquals(NOTHING, repair.mergeDuplicates());
        assertEquals(1000, database.count("""
                select count(*) from chat_messages m join chats c on c.id = m.chat_id where c.merged_into is null
                """));
    }

    /**
     * The order of locks rests on it: a redirect that another repair is about to make is not to be seen yet, and would
     * be locked too late.
     */
    @Test
    void repairs_take_turns_before_they_lock_any_chat() throws Exception {
        UUID old = oldChat(1, "{a,b}");
        UUID redirect = oldChat(3, "{a,b}");
        String young = Talk.createOrGet("a", "b").path("chat.id");
        try (Connection other = database.connect()) {
            other.setAutoCommit(false);
            other.createStatement()
                    .execute("select pg_advisory_xact_lock(hashtextextended('importonce.chat.repair', 0))");
            other.createStatement()
                    .execute("update chats set merged_into = '" + young + "' where id = '" + redirect + "'");
            CompletableFuture<Repaired> merge = CompletableFuture.supplyAsync(repair::mergeDuplicates);
            Talk.untilBlocked(database, merge);
            assertEquals(
                    List.of(List.of("advisory")),
                    database.rows(
                            "select wait_event from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'"));
            other.commit();

            assertEquals(new Repaired(0, 1, 0), merge.join());
        }
        assertEquals(2, database.count("select count(*) from chats where merged_into = ?", old));
    }

    /** The guard is the share lock of the post: without it the message lands in the chat that is being merged away. */
    @Test
    void a_message_posted_during_a_merge_lands_in_the_kept_chat() throws Exception {
        UUID kept = oldChat(1, "{a,b}");
        UUID removed = oldChat(2, "{a,b}");
        repair.fillKeys();
        try (Connection merge = database.connect()) {
            merge.setAutoCommit(false);
            merge.createStatement()
                    .execute("update chats set merged_into = '" + kept + "' where id = '" + removed + "'");
            CompletableFuture<HttpResponse<String>> post =
                    CompletableFuture.supplyAsync(() -> Talk.sendMessage(removed, "just now"));
            Talk.untilBlocked(database, post);
            merge.commit();

            HttpResponse<String> answer = post.join();
            assertEquals(201, answer.statusCode(), answer::body);
            assertEquals(kept.toString(), JsonPath.from(answer.body()).getString("chatId"));
        }
        assertEquals(0, database.count("select count(*) from chat_messages where chat_id = ?", removed));
    }

    @Test
    void a_merge_waits_for_a_message_on_its_way_and_takes_it_along() throws Exception {
        UUID kept = oldChat(1, "{a,b}");
        UUID removed = oldChat(2, "{a,b}");
        try (Connection post = database.connect()) {
            post.setAutoCommit(false);
            post.createStatement().execute("select from chats where id = '" + removed + "' for share");
            post.createStatement()
                    .execute("insert into chat_messages (id, chat_id, sender_id, body) values ('" + UUID.randomUUID()
                            + "', '" + removed + "', '" + UUID.randomUUID() + "', 'just now')");
            CompletableFuture<Repaired> merge = CompletableFuture.supplyAsync(repair::mergeDuplicates);
            Talk.untilBlocked(database, merge);
            assertFalse(merge.isDone());
            post.commit();

            assertEquals(new Repaired(1, 1, 1), merge.join());
        }
        assertEquals(List.of("just now"), messages(kept));
    }

    /** The guard is the order of locks, redirect before survivor: the other way round each would wait for the other. */
    @Test
    void a_redirected_message_does_not_deadlock_with_a_merge() throws Exception {
        UUID old = oldChat(1, "{a,b}");
        String young = Talk.createOrGet("a", "b").path("chat.id");
        UUID redirect = oldChat(3, "{a,b}");
        database.update("update chats set merged_into = ?::uuid where id = ?", young, redirect);
        try (Connection post = database.connect()) {
            post.setAutoCommit(false);
            post.createStatement().execute("select from chats where id = '" + redirect + "' for share");
            CompletableFuture<Repaired> merge = CompletableFuture.supplyAsync(repair::mergeDuplicates);
            Talk.untilBlocked(database, merge);
            assertFalse(merge.isDone());
            post.createStatement()
                    .execute("insert into chat_messages (id, chat_id, sender_id, body) values ('" + UUID.randomUUID()
                            + "', '" + young + "', '" + UUID.randomUUID() + "', 'just now')");
            post.commit();

            assertEquals(new Repaired(0, 1, 1), merge.join());
        }
        assertEquals(List.of("just now"), messages(old));
    }

    @Test
    void messages_sent_during_a_repair_are_all_in_the_kept_chats() throws Exception {
        List<UUID> chats = IntStream.range(0, 40)
                .mapToObj(i -> oldChat(100 - i, "{a,b" + i % 2 + "}"))
                .toList();
        CompletableFuture<Void> sending = CompletableFuture.runAsync(() -> sendTo(chats));

        while (!sending.isDone()) repair.mergeDuplicates();
        sending.join();
        repair.mergeDuplicates();

        assertEquals(2, database.count("select count(*) from chats where merged_into is null"));
        assertEquals(400, database.count("""
                select count(*) from chat_messages m join chats c on c.id = m.chat_id where c.merged_into is null
                """));
        assertEquals(200, messages(chats.get(0)).size());
    }

    private static void sendTo(List<UUID> chats) {
        try {
            Talk.atOnce(20, () -> {
                for (int i = 0; i < 20; i++)
                    assertEquals(
                            201,
                            Talk.sendMessage(chats.get(2 * i + i % 2), "hello").statusCode());
                return null;
            });
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void a_chat_made_while_keys_are_filled_in_causes_no_error() throws Exception {
        UUID old = oldChat(1, "{a,b}");
        UUID young = UUID.randomUUID();
        try (Connection create = database.connect()) {
            create.setAutoCommit(false);
            create.createStatement()
                    .execute("insert into chats (id, participants, participants_key) values ('" + young
                            + "', '{a,b}', 'a_b')");
            CompletableFuture<Repaired> merge = CompletableFuture.supplyAsync(repair::mergeDuplicates);
            Talk.untilBlocked(database, merge);
            create.commit();

            assertEquals(new Repaired(0, 1, 0), merge.join());
        }
        assertEquals(old.toString(), given().get("/api/chats/" + young).path("id"));
    }

    @Test
    void messages_that_are_not_moved_yet_are_shown_in_their_place() {
        UUID kept = oldChat(1, "{a,b}");
        UUID removed = oldChat(2, "{a,b}");
        for (int i = 0; i < 6; i++) Talk.post(i % 2 == 0 ? kept : removed, "message " + i);
        // Broken off between the redirect and the first batch.
        database.update("update chats set merged_into = ? where id = ?", kept, removed);

        List<String> newestFirst =
                List.of("message 5", "message 4", "message 3", "message 2", "message 1", "message 0");
        assertEquals(newestFirst, messages(removed));
        JsonPath page =
                given().get("/api/chats/" + removed + "/messages?limit=4").jsonPath();
        assertEquals(newestFirst.subList(0, 4), page.getList("items.body"));
        assertEquals(Set.of(kept.toString()), Set.copyOf(page.getList("items.chatId")));
        assertEquals(new Repaired(1, 0, 3), repair.mergeDuplicates());
        assertEquals(
                newestFirst.subList(4, 6),
                given().queryParam("cursor", page.getString("nextCursor"))
                        .get("/api/chats/" + removed + "/messages")
                        .path("items.body"));
    }

    @Test
    void a_merge_can_be_taken_back_with_what_the_log_holds() {
        UUID old = oldChat(1, "{a,b}");
        UUID young = UUID.fromString(Talk.createOrGet("a", "b").path("chat.id"));
        for (int i = 0; i < 6; i++) Talk.post(i % 2 == 0 ? old : young, "message " + i);
        String state = "select id, participants_key, merged_into, (select array_agg(m.id order by m.id)::text"
                + " from chat_messages m where m.chat_id = c.id) from chats c order by id";
        List<List<Object>> before = database.rows(state);
        assertEquals(new Repaired(0, 1, 3), repair.mergeDuplicates());
        assertEquals(2, database.count("select count(*) from dedupe_log where kind = 'chats'"));

        database.update("update chats set participants_key = null where id = (select kept_id from dedupe_log limit 1)");
        database.update("""
                update chats c set merged_into = null, participants_key = l.removed ->> 'participantsKey'
                from dedupe_log l where l.removed_id = c.id and l.removed ? 'participantsKey'
                """.replace("?", "??"));
        database.update("""
                update chat_messages m set chat_id = l.removed_id
                from dedupe_log l, jsonb_array_elements_text(l.removed -> 'messages') as moved (id)
                where m.chat_id = l.kept_id and m.id = moved.id::uuid
                """);

        assertEquals(before, database.rows(state));
    }

    @Test
    void the_database_refuses_a_second_chat_or_redirect_with_a_key() {
        String insert =
                "insert into chats (id, participants, participants_key) values (gen_random_uuid(), '{a,b}', 'a_b')";
        database.update(insert);

        assertRefused("23505", insert);
        assertRefused("23514", "update chats set merged_into = id");
        assertRefused(
                "23514",
                "insert into chats (id, participants, participants_key) values (gen_random_uuid(), '{a}', 'a')");
    }

    private void assertRefused(String state, String sql) {
        IllegalStateException refused =
                org.junit.jupiter.api.Assertions.assertThrows(IllegalStateException.class, () -> database.update(sql));
        assertTrue(
                refused.getCause() instanceof java.sql.SQLException e
                        && e.getSQLState().equals(state),
                sql);
    }

    /** Made that many minutes after the new year. */
    private UUID oldChat(int minutes, String participants) {
        UUID id = UUID.randomUUID();
        database.update(
                "insert into chats (id, participants, created_at) values (?, ?::text[], timestamptz '2024-01-01' + ? * interval '1 minute')",
                id,
                participants,
                minutes);
        return id;
    }

    private static List<String> messages(Object chat) {
        return given().get("/api/chats/" + chat + "/messages?limit=500")
                .jsonPath()
                .getList("items.body", String.class);
    }
}
