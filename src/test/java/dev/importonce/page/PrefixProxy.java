package dev.importonce.page;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A reverse proxy that has the service behind a path of its own, and nothing at any other. */
final class PrefixProxy implements AutoCloseable {
    static final String PREFIX = "/tools/imports";

    /** What concerns one connection only, or is set by the client itself. */
    private static final Set<String> NOT_PASSED_ON =
            Set.of("connection", "content-length", "expect", "host", "http2-settings", "transfer-encoding", "upgrade");

    private final HttpClient client = HttpClient.newHttpClient();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpServer server;
    private final URI service;

    private PrefixProxy(HttpServer server, URI service) {
        this.server = server;
        this.service = service;
    }

    static PrefixProxy before(URI service) {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            PrefixProxy proxy = new PrefixProxy(server, service);
            server.setExecutor(proxy.threads);
            server.createContext(PREFIX + "/", proxy::pass);
            server.start();
            return proxy;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The service's address for pages, without a slash at its end. */
    String address() {
        return "http://localhost:" + server.getAddress().getPort() + PREFIX;
    }

    private void pass(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().toString().substring(PREFIX.length());
            byte[] body = exchange.getRequestBody().readAllBytes();
            HttpRequest.Builder request = HttpRequest.newBuilder(service.resolve(path))
                    .method(exchange.getRequestMethod(), HttpRequest.BodyPublishers.ofByteArray(body));
            exchange.getRequestHeaders().forEach((name, values) -> copied(name, values, request::header));
            HttpResponse<InputStream> answer = client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
            answer.headers().map().forEach((name, values) -> copied(name, values, exchange.getResponseHeaders()::add));
            boolean empty = exchange.getRequestMethod().equals("HEAD") || answer.statusCode() == 204;
            exchange.sendResponseHeaders(answer.statusCode(), empty ? -1 : 0);
            if (empty) return;
            try (InputStream in = answer.body();
                    OutputStream out = exchange.getResponseBody()) {
                byte[] piece = new byte[8192];
                for (int n = in.read(piece); n >= 0; n = in.read(piece)) {
                    out.write(piece, 0, n);
                    // Events must not wait for more of them.
                    out.flush();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void copied(String name, List<String> values, java.util.function.BiConsumer<String, String> to) {
        if (name.startsWith(":") || NOT_PASSED_ON.contains(name.toLowerCase(Locale.ROOT))) return;
        for (String value : values) to.accept(name, value);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
