package dev.importonce.chat;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.importonce.fixture.Database;
import dev.importonce.fixture.TestPostgres;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.net.URI;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Incident 3: two people who open a chat at the same time get the same one. */
@QuarkusTest
@QuarkusTestResource(TestPostgres.class)
class CreateOrGetApiTest {
    /** Makes the users of a test strangers to all others. */
    private final String test = UUID.randomUUID().toString();

    Database database;

    @Test
    void a_single_call_makes_the_chat() {
        Response answer = Talk.createOrGet("UserB" + test, "UserA" + test);

        assertEquals(201, answer.statusCode(), answer::asString);
        assertEquals(Set.of("chat", "created"), answer.jsonPath().getMap("").keySet());
        assertEquals(
                Set.of("id", "participants", "participantsKey", "createdAt"),
                answer.jsonPath().getMap("chat").keySet());
        assertEquals(true, answer.path("created"));
        assertEquals(List.of("UserA" + test, "UserB" + test), answer.path("chat.participants"));
        assertEquals("UserA" + test + "_UserB" + test, answer.path("chat.participantsKey"));
        assertNotNull(Instant.parse(answer.path("chat.createdAt")));
        String address = URI.create(answer.header("Location")).getPath();
        assertEquals("/api/chats/" + answer.path("chat.id"), address);
        assertEquals(
                answer.jsonPath().getMap("chat"),
                given().get(address).jsonPath().getMap(""));
    }

    @Test
    void repeated_calls_get_the_chat_in_any_order_of_participants() {
        Response first = Talk.createOrGet("a" + test, "b" + test, "c" + test);

        for (Response again : List.of(
                Talk.createOrGet("a" + test, "b" + test, "c" + test),
                Talk.createOrGet("c" + test, "b" + test, "a" + test),
                Talk.createOrGet("b" + test, "a" + test, "b" + test, "c" + test, "a" + test))) {
            assertEquals(200, again.statusCode(), again::asString);
            assertEquals(false, again.path("created"));
            assertEquals(first.jsonPath().getMap("chat"), again.jsonPath().getMap("chat"));
        }
        assertEquals(1, chats());
    }

    /** All connections are let go at the same moment: without the constraint they would make a chat each. */
    @ParameterizedTest
    @ValueSource(ints = {5, 150})
    void concurrent_calls_get_one_and_the_same_chat(int calls) throws Exception {
        AtomicInteger turn = new AtomicInteger();
        String[][] orders = {{"UserA" + test, "UserB" + test}, {"UserB" + test, "UserA" + test}};
        FutureTask<List<HttpResponse<String>>> all = new FutureTask<>(
                () -> Talk.atOnce(calls, () -> Talk.sendCreateOrGet(orders[turn.getAndIncrement() % 2])));

        database.whileHolding("lock table chats in share mode", () -> {
            new Thread(all).start();
            Talk.untilBlocked(database, Math.min(calls, 15), all);
        });
        List<HttpResponse<String>> answers = all.get();

        Map<Integer, Long> byStatus =
                answers.stream().collect(Collectors.groupingBy(HttpResponse::statusCode, Collectors.counting()));
        assertEquals(Map.of(201, 1L, 200, calls - 1L), byStatus);
        Set<String> ids = answers.stream()
                .map(answer -> JsonPath.from(answer.body()).getString("chat.id"))
                .collect(Collectors.toSet());
        assertEquals(1, ids.size());
        for (HttpResponse<String> answer : answers)
            assertEquals(
                    answer.statusCode() == 201, JsonPath.from(answer.body()).getBoolean("created"));
        assertEquals(1, chats());
    }

    /** A row that is younger than the statement's own view of the table: the case in which nothing would be returned. */
    @Test
    void who_comes_second_waits_for_the_first_and_gets_its_chat() throws Exception {
        UUID first = UUID.randomUUID();
        try (Connection connection = database.connect()) {
            connection.setAutoCommit(false);
            connection
                    .createStatement()
                    .execute("insert into chats (id, participants, participants_key) values ('" + first + "', '{a"
                            + test + ",b" + test + "}', 'a" + test + "_b" + test + "')");
            CompletableFuture<HttpResponse<String>> second =
                    CompletableFuture.supplyAsync(() -> Talk.sendCreateOrGet("a" + test, "b" + test));
            Talk.untilBlocked(database, second);
            connection.commit();

            HttpResponse<String> answer = second.join();
            assertEquals(200, answer.statusCode(), answer::body);
            assertEquals(first.toString(), JsonPath.from(answer.body()).getString("chat.id"));
        }
        assertEquals(1, chats());
    }

    /** The place of the row, who wrote it, and who locked it last are what they were. */
    @Test
    void getting_a_chat_that_exists_writes_and_locks_nothing() {
        String id = Talk.createOrGet("a" + test, "b" + test).path("chat.id");
        String row = "select ctid::text, xmin::text, xmax::text from chats where id = ?::uuid";
        List<List<Object>> before = database.rows(row, id);

        assertEquals(200, Talk.createOrGet("b" + test, "a" + test).statusCode());

        assertEquals(before, database.rows(row, id));
    }

    @Test
    void people_whose_names_run_together_do_not_share_a_chat() {
        List<Response> answers = List.of(
                Talk.createOrGet("a_b", "c" + test),
                Talk.createOrGet("a", "b_c" + test),
                Talk.createOrGet("a\\", "b_c" + test),
                Talk.createOrGet("a\\_b", "c" + test),
                Talk.createOrGet("a", "b", "c" + test));

        answers.forEach(answer -> assertEquals(201, answer.statusCode(), answer::asString));
        assertEquals(
                5,
                answers.stream()
                        .map(answer -> answer.path("chat.id"))
                        .distinct()
                        .count());
        assertEquals("a\\_b_c" + test, answers.get(0).path("chat.participantsKey"));
    }

    @Test
    void a_hundred_people_with_long_names_have_a_chat_of_their_own() {
        String[] people = IntStream.range(0, 100)
                .mapToObj(i -> i + test + "\ud83d\ude00".repeat(128 - (i + test).length()))
                .toArray(String[]::new);

        Response answer = Talk.createOrGet(people);

        assertEquals(201, answer.statusCode(), answer::asString);
        assertTrue(answer.<String>path("chat.participantsKey").matches("sha256:[0-9a-f]{64}"));
        assertEquals((String) answer.path("chat.id"), Talk.createOrGet(people).path("chat.id"));
        people[99] = "someone else" + test;
        assertNotEquals(
                (String) answer.path("chat.id"), Talk.createOrGet(people).path("chat.id"));
    }

    @Test
    void participants_are_listed_by_code_point() {
        Response answer = Talk.createOrGet("\ud83d\ude00" + test, "\uffff" + test, "Z" + test, "a" + test);

        assertEquals(
                List.of("Z" + test, "a" + test, "\uffff" + test, "\ud83d\ude00" + test),
                answer.path("chat.participants"));
    }

    private long chats() {
        return database.count("select count(*) from chats where participants_key like ?", "%" + test + "%");
    }
}
