package dev.importonce.platform;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.importonce.fixture.Ended;
import dev.importonce.fixture.LocalServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Lambda's Runtime API (https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html) for one execution environment:
 * the runtime asks for its next event, and gets one at a time.
 */
final class RuntimeApi implements AutoCloseable {
    private static final String ROOT = "/2018-06-01/runtime/";
    private static final long PATIENCE_SECONDS = 300;

    /** From there on a response is refused. */
    private static final int MOST_BYTES = 6 * 1024 * 1024 + 100;

    private static final int FUNCTION_TIMEOUT_MILLIS = 120_000;

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool(run -> {
        Thread thread = new Thread(run, "runtime-api");
        thread.setDaemon(true);
        return thread;
    });
    private final BlockingQueue<Invocation> queued = new LinkedBlockingQueue<>();
    private final Map<String, Invocation> running = new ConcurrentHashMap<>();
    private final CompletableFuture<Ended> broken = new CompletableFuture<>();
    private boolean asks;

    RuntimeApi() {
        server = LocalServer.create();
        server.setExecutor(threads);
        server.createContext(ROOT, this::handle);
        server.start();
    }

    /** For {@code AWS_LAMBDA_RUNTIME_API}. */
    String address() {
        return "127.0.0.1:" + server.getAddress().getPort();
    }

    /** Hands over an event and waits for what becomes of it. */
    Ended invoke(byte[] event) {
        Invocation invocation = new Invocation(UUID.randomUUID().toString(), event, new CompletableFuture<>());
        running.put(invocation.id(), invocation);
        queued.add(invocation);
        try {
            return (Ended) CompletableFuture.anyOf(invocation.end(), broken).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        } catch (TimeoutException e) {
            throw new AssertionError("an invocation was not answered in " + PATIENCE_SECONDS + " s", e);
        }
    }

    /** Waits until the runtime asks for its next event: then Lambda freezes it. */
    synchronized void awaitIdle() {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        try {
            while (!asks || !queued.isEmpty()) {
                long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
                if (left <= 0) throw new AssertionError("the runtime does not ask for its next event");
                wait(left);
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Ends all invocations: the process is gone. */
    void processEnded(String output) {
        broken.complete(new Ended(null, "the process ended: " + output));
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void handle(HttpExchange exchange) throws IOException {
        String[] path =
                exchange.getRequestURI().getPath().substring(ROOT.length()).split("/");
        byte[] sent = exchange.getRequestBody().readAllBytes();
        if (path[0].equals("init")) {
            broken.complete(new Ended(null, new String(sent, StandardCharsets.UTF_8)));
            answer(exchange, 202, "{\"status\":\"OK\"}");
        } else if (path[1].equals("next")) {
            next(exchange);
        } else {
            end(exchange, running.remove(path[1]), path[2], sent);
        }
    }

    private void next(HttpExchange exchange) throws IOException {
        try {
            setAsks(true);
            Invocation invocation = queued.take();
            setAsks(false);
            exchange.getResponseHeaders().set("Lambda-Runtime-Aws-Request-Id", invocation.id());
            exchange.getResponseHeaders()
                    .set(
                            "Lambda-Runtime-Deadline-Ms",
                            String.valueOf(System.currentTimeMillis() + FUNCTION_TIMEOUT_MILLIS));
            exchange.getResponseHeaders()
                    .set(
                            "Lambda-Runtime-Invoked-Function-Arn",
                            "arn:aws:lambda:us-east-1:123456789012:function:importonce");
            exchange.getResponseHeaders()
                    .set(
                            "Lambda-Runtime-Trace-Id",
                            "Root=1-5bef4de7-ad49b0e87f6ef6c87fc2e700;Parent=9a9197af755a6419;Sampled=0");
            answer(exchange, 200, invocation.event());
        } catch (InterruptedException e) {
            exchange.close();
        }
    }

    private static void end(HttpExchange exchange, Invocation invocation, String how, byte[] sent) throws IOException {
        if (how.equals("error")) {
            invocation.end().complete(new Ended(null, new String(sent, StandardCharsets.UTF_8)));
            answer(exchange, 202, "{\"status\":\"OK\"}");
        } else if (sent.length > MOST_BYTES) {
            invocation.end().complete(new Ended(null, "Function.ResponseSizeTooLarge"));
            answer(exchange, 413, "{\"errorType\":\"Function.ResponseSizeTooLarge\"}");
        } else {
            invocation.end().complete(new Ended(sent, null));
            answer(exchange, 202, "{\"status\":\"OK\"}");
        }
    }

    private static void answer(HttpExchange exchange, int status, String json) throws IOException {
        answer(exchange, status, json.getBytes(StandardCharsets.UTF_8));
    }

    private static void answer(HttpExchange exchange, int status, byte[] json) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, json.length);
        exchange.getResponseBody().write(json);
        exchange.close();
    }

    private synchronized void setAsks(boolean does) {
        asks = does;
        notifyAll();
    }

    /**
     * @param response as posted; null when it ended with an error
     * @param error as posted; null when it did not
     */
    record Ended(byte[] response, String error) {}

    private record Invocation(String id, byte[] event, CompletableFuture<Ended> end) {}
}
