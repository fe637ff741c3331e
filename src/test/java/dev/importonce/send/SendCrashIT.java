package dev.importonce.send;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.importonce.fixture.Calls;
import dev.importonce.fixture.Database;
import dev.importonce.fixture.ProviderStub;
import dev.importonce.fixture.Service;
import dev.importonce.fixture.TestPostgres;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * One of two processes is killed at a random moment while ten overlapping cron runs send messages: what it had not begun goes
 * out as if nothing had happened, and of what it had begun a person is asked about a few. {@code src/bench/send-crash.sh} is
 * the long form.
 */
class SendCrashIT {
    private static final int ROUNDS = Integer.getInteger("send-crash.rounds", 3);
    private static final int CONCURRENCY = Integer.getInteger("send-crash.concurrency", 8);
    private static final int MILLIS = Integer.getInteger("send-crash.millis", 200);
    private static final long SEED = Long.getLong("send-crash.seed", System.nanoTime());
    private static final int MESSAGES = 217;
    private static final int RUNS = 10;
    private static final int LEASE_SECONDS = 5;
    private static final int TERMINATED = 143;
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final Random random = new Random(SEED);
    private final Service[] services = new Service[2];
    private final Map<String, String> environment = new HashMap<>();
    private Database database;

    @Test
    void a_kill_leaves_few_messages_in_doubt_and_sends_none_twice() {
        System.out.println("send crash test with -Dsend-crash.seed=" + SEED);
        with(this::kills);
    }

    @Test
    void a_stop_waits_for_the_answers_of_a_cron_run() {
        with(this::stops);
    }

    private void with(Consumer<ProviderStub> test) {
        database = new Database(TestPostgres.newDatabase());
        environment.put("QUARKUS_DATASOURCE_JDBC_URL", database.url());
        environment.put("IMPORTONCE_AUTH", "none");
        environment.put("IMPORTONCE_WORKERS", "0");
        environment.put("IMPORTONCE_LEASE", Duration.ofSeconds(LEASE_SECONDS).toString());
        environment.put("IMPORTONCE_PROVIDER_CONCURRENCY", String.valueOf(CONCURRENCY));
        Service.migrate(environment);
        try (ProviderStub provider = new ProviderStub()) {
            provider.listen();
            environment.put("IMPORTONCE_PROVIDER_URL", provider.url());
            for (int i = 0; i < services.length; i++) services[i] = Service.start(environment);
            try {
                test.accept(provider);
            } finally {
                for (Service service : services) service.kill();
            }
        }
    }

    private void stops(ProviderStub provider) {
        enqueue();
        List<CompletableFuture<Void>> runs = overlappingRuns();
        while (count("status = 'processing'") == 0) LockSupport.parkNanos(5_000_000);

        services[0].process().destroy();

        assertTrue(Set.of(0, TERMINATED).contains(services[0].exitCode()), services[0]::output);
        runs.forEach(CompletableFuture::join);
        assertTrue(count("status = 'sent'") > 0);
        assertEquals(0, count("status in ('unknown', 'processing')"), services[0]::output);
        assertEquals(1, provider.most(), "a message went out twice");
    }

    private void kills(ProviderStub provider) {
        Map<Long, Integer> doubts = new TreeMap<>();
        for (int round = 1; round <= ROUNDS; round++) {
            database.update("truncate send_queue, sent_messages, send_rates");
            provider.forget();
            enqueue();

            long unknown = kill(provider);

            doubts.merge(unknown, 1, Integer::sum);
            System.out.println("round " + round + ": " + unknown + " in doubt");
            assertTrue(unknown <= 2 * CONCURRENCY, unknown + " messages are in doubt after one kill");
        }
        System.out.println("in doubt after a kill: rounds " + doubts);
    }

    /** @return number of messages that are in doubt when everything has ended */
    private long kill(ProviderStub provider) {
        List<CompletableFuture<Void>> runs = overlappingRuns();
        LockSupport.parkNanos(random.nextLong(MESSAGES * MILLIS / (2 * CONCURRENCY) * 1_000_000L));
        int victim = random.nextInt(services.length);
        services[victim].kill();
        services[victim] = Service.launch(environment, Service.freePort());
        runs.forEach(CompletableFuture::join);
        services[victim].awaitReady();
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (database.count("select count(*) from send_queue where status in ('pending', 'processing')") > 0) {
            assertTrue(System.nanoTime() < deadline, "messages are stuck");
            work(services[victim], "PT5S");
            LockSupport.parkNanos(100_000_000);
        }
        return ended(provider);
    }

    /** Of the services as they are now: a run stays with its process. */
    private List<CompletableFuture<Void>> overlappingRuns() {
        return IntStream.range(0, RUNS)
                .mapToObj(i -> services[i % services.length])
                .map(service -> CompletableFuture.runAsync(
                        () -> work(service, "PT25S"), task -> new Thread(task, "cron run").start()))
                .collect(Collectors.toCollection(ArrayList::new));
    }

    private long ended(ProviderStub provider) {
        assertEquals(1, provider.most(), "a message went out twice");
        assertEquals(0, count("status = 'sent' and channel = '400'"), "sent, though it was refused");
        assertEquals(0, count("status = 'failed' and channel <> '400'"), "failed, though it was not refused");
        long unknown = count("status = 'unknown'");
        assertEquals(MESSAGES, count("status in ('sent', 'failed')") + unknown);
        assertEquals(count("status = 'sent'"), database.count("select count(*) from sent_messages"));
        database.rows("select id::text from send_queue where status in ('sent', 'failed')")
                .forEach(row -> assertEquals(1, provider.times((String) row.get(0)), "it arrived once"));
        return unknown;
    }

    private long count(String condition) {
        return database.count("select count(*) from send_queue where " + condition);
    }

    /** A run whose process is killed ends without an answer. */
    private static void work(Service service, String budget) {
        try {
            Calls.post(service.base() + "/api/cron/process-send-queue?budget=" + budget, "");
        } catch (CompletionException e) {
            // Its process was killed, which is what this test is about.
        }
    }

    /** Every tenth to a recipient whom the provider refuses. */
    private void enqueue() {
        String items = IntStream.range(0, MESSAGES)
                .mapToObj(i -> "{\"campaignId\":\"c\",\"prospectId\":\"p" + i + "\",\"step\":1,\"channel\":\""
                        + (i % 10 == 0 ? "400" : "takes-" + MILLIS) + "\",\"body\":\"Hello\"}")
                .collect(Collectors.joining(","));
        assertEquals(
                200,
                Calls.post(services[0].base() + "/api/send-queue", "{\"items\":[" + items + "]}")
                        .statusCode());
    }
}
