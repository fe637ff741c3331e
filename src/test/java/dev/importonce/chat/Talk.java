package dev.importonce.chat;

import static io.restassured.RestAssured.given;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.importonce.fixture.Database;
import dev.importonce.fixture.Send;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** What tests of chats do over HTTP, alone or many at once. */
final class Talk {
    static final String CREATE_OR_GET = "/api/chats/create-or-get";

    private static final ObjectMapper JSON = new ObjectMapper();

    private Talk() {}

    static Response createOrGet(String... participants) {
        return createOrGet(given(), participants);
    }

    static Response createOrGet(RequestSpecification caller, String... participants) {
        return caller.contentType("application/json").body(body(participants)).post(CREATE_OR_GET);
    }

    static String body(String... participants) {
        return json(Map.of("participants", participants));
    }

    static Response post(Object chat, String text) {
        return post(given(), chat, text);
    }

    static Response post(RequestSpecification caller, Object chat, String text) {
        return caller.contentType("application/json")
                .body(json(Map.of("body", text)))
                .post("/api/chats/" + chat + "/messages");
    }

    /** As {@link #post}, from any thread. */
    static HttpResponse<String> sendMessage(Object chat, String text) {
        return Send.send(Send.request("/api/chats/" + chat + "/messages")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(json(Map.of("body", text)))));
    }

    /** As {@link #createOrGet}, from any thread. */
    static HttpResponse<String> sendCreateOrGet(String... participants) {
        return Send.send(Send.request(CREATE_OR_GET)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body(participants))));
    }

    /** Does it that many times at the same moment. */
    static <T> List<T> atOnce(int count, Callable<T> call) throws Exception {
        CyclicBarrier start = new CyclicBarrier(count);
        ExecutorService callers = Executors.newFixedThreadPool(count);
        try {
            List<Future<T>> calls = new ArrayList<>();
            for (int i = 0; i < count; i++)
                calls.add(callers.submit(() -> {
                    start.await();
                    return call.call();
                }));
            List<T> answers = new ArrayList<>();
            for (Future<T> made : calls) answers.add(made.get());
            return answers;
        } finally {
            callers.shutdownNow();
        }
    }

    /** Until somebody waits in the database for a lock that another transaction holds, or the call is over. */
    static void untilBlocked(Database database, Future<?> call) {
        untilBlocked(database, 1, call);
    }

    /** Until that many wait, or the call is over. */
    static void untilBlocked(Database database, int waiting, Future<?> call) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (!call.isDone() && database.count("""
                select count(*) from pg_stat_activity
                where datname = current_database() and wait_event_type = 'Lock'
                """) < waiting) {
            if (System.nanoTime() > deadline) throw new AssertionError("too few wait");
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
        }
    }

    private static String json(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
