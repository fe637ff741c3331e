package dev.importonce.send;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** A provider that counts what arrives and behaves as a message's channel says. */
public class ProviderStub implements QuarkusTestResourceLifecycleManager, AutoCloseable {
    /** One request as it arrived. */
    record Arrived(String line, Map<String, String> headers, String body) {}

    private final ServerSocket server;
    private final List<Arrived> arrived = new CopyOnWriteArrayList<>();
    private final Map<String, AtomicInteger> byKey = new ConcurrentHashMap<>();
    private final CountDownLatch closed = new CountDownLatch(1);

    /** Not listening yet. */
    public ProviderStub() {
        try {
            server = new ServerSocket(0, 1000, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Map<String, String> start() {
        listen();
        return Map.of("importonce.provider.url", url(), "importonce.provider.key", "the provider's key");
    }

    @Override
    public void inject(TestInjector injector) {
        injector.injectIntoFields(this, new TestInjector.MatchesType(ProviderStub.class));
    }

    @Override
    public void stop() {
        close();
    }

    @Override
    public void close() {
        closed.countDown();
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Accepts requests from now on. */
    public void listen() {
        thread(() -> {
            while (!server.isClosed()) {
                Socket socket = server.accept();
                thread(() -> serve(socket));
            }
        });
    }

    /** Where it listens. */
    public String url() {
        return "http://127.0.0.1:" + server.getLocalPort();
    }

    List<Arrived> arrived() {
        return arrived;
    }

    /** How often a message arrived, whole. */
    int times(String messageId) {
        return byKey.getOrDefault(messageId, new AtomicInteger()).get();
    }

    /** The most often that any message arrived. */
    public int most() {
        return byKey.values().stream().mapToInt(AtomicInteger::get).max().orElse(0);
    }

    private void serve(Socket socket) throws IOException {
        try (socket) {
            InputStream in = new BufferedInputStream(socket.getInputStream());
            String head = head(in);
            if (head.isEmpty()) return;
            List<String> lines = head.strip().lines().toList();
            Map<String, String> headers = new ConcurrentHashMap<>();
            for (String line : lines.subList(1, lines.size()))
                headers.put(
                        line.substring(0, line.indexOf(':')).toLowerCase(java.util.Locale.ROOT),
                        line.substring(line.indexOf(':') + 1).strip());
            String body =
                    new String(in.readNBytes(Integer.parseInt(headers.get("content-length"))), StandardCharsets.UTF_8);
            arrived.add(new Arrived(lines.get(0), headers, body));
            int time = byKey.computeIfAbsent(headers.get("idempotency-key"), key -> new AtomicInteger())
                    .incrementAndGet();
            answer(socket, body.replaceFirst(".*\"channel\":\"([^\"]*)\".*", "$1"), time);
        }
    }

    private void answer(Socket socket, String behaviour, int time) throws IOException {
        switch (behaviour) {
            case "drops" -> {}
            case "hangs" -> await();
            case "slow" -> {
                LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(100_000_000));
                write(socket, ok());
            }
            case "breaks-off" -> write(socket, "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"id\":");
            case "warns-once" -> write(socket, time == 1 ? status(200, "", "{\"warning\":\"slow down\"}") : ok());
            case "warns-once-with-wait" ->
                write(socket, time == 1 ? status(201, "Retry-After: 1\r\n", "{\"warning\":\"slow\"}") : ok());
            case "busy-once" -> write(socket, time == 1 ? status(429, "Retry-After: 0\r\n", "") : ok());
            case "busy-six-times" -> write(socket, time <= 6 ? status(503, "Retry-After: 0\r\n", "") : ok());
            case "always-busy" -> write(socket, status(503, "", ""));
            case "redirects" -> write(socket, status(307, "Location: " + url() + "/elsewhere\r\n", ""));
            default ->
                write(socket, behaviour.matches("\\d{3}") ? status(Integer.parseInt(behaviour), "", "{}") : ok());
        }
    }

    private void await() {
        try {
            closed.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String ok() {
        return status(200, "", "{\"id\":\"m1\"}");
    }

    private static String status(int code, String headers, String body) {
        return "HTTP/1.1 " + code + " Whatever\r\nContent-Type: application/json\r\n" + headers + "Content-Length: "
                + body.length() + "\r\n\r\n" + body;
    }

    private static void write(Socket socket, String answer) throws IOException {
        socket.getOutputStream().write(answer.getBytes(StandardCharsets.UTF_8));
        socket.getOutputStream().flush();
    }

    private static String head(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        for (int c = in.read(); c >= 0; c = in.read()) {
            head.append((char) c);
            if (head.length() >= 4 && head.substring(head.length() - 4).equals("\r\n\r\n")) return head.toString();
        }
        return "";
    }

    private interface Task {
        void run() throws IOException;
    }

    private static void thread(Task task) {
        Thread thread = new Thread(() -> {
            try {
                task.run();
            } catch (IOException e) {
                // The other side went away, or the stub is closed.
            }
        });
        thread.setDaemon(true);
        thread.start();
    }
}
