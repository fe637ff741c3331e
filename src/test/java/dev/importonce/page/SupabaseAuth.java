package dev.importonce.page;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.importonce.fixture.Jwt;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A counterpart of supabase-js in tests: the two addresses of Supabase's auth API that it calls to sign in and to renew a session,
 * and nothing else of Supabase. Its tokens are signed as Supabase signs them.
 */
final class SupabaseAuth implements AutoCloseable {
    private static final String PASSWORD = "grant_type=password";
    private static final String RENEWAL = "grant_type=refresh_token";

    private final HttpServer server;
    private final UUID user;
    private final List<String> asked = new CopyOnWriteArrayList<>();

    private SupabaseAuth(HttpServer server, UUID user) {
        this.server = server;
        this.user = user;
    }

    /** Of a project with one user. */
    static SupabaseAuth of(UUID user) {
        try {
            SupabaseAuth auth = new SupabaseAuth(
                    HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0), user);
            auth.server.createContext("/auth/v1/token", auth::answer);
            auth.server.start();
            return auth;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** What was asked for, in order. */
    List<String> asked() {
        return asked;
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            exchange.getResponseHeaders().set("Access-Control-Allow-Origin", "*");
            exchange.getResponseHeaders().set("Access-Control-Allow-Headers", "*, authorization");
            String grant = exchange.getRequestURI().getQuery();
            if (exchange.getRequestMethod().equals("OPTIONS")) {
                exchange.sendResponseHeaders(204, -1);
                return;
            }
            asked.add(grant);
            String sent = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            boolean known = grant.equals(PASSWORD) && sent.contains("\"swordfish\"")
                    || grant.equals(RENEWAL) && sent.contains("\"again\"");
            // So short that supabase-js renews the first session before it gives its token away.
            byte[] body = (known
                            ? session(grant.equals(PASSWORD) ? 20 : 3600)
                            : "{\"error_code\": \"invalid_credentials\", \"msg\": \"Invalid login credentials\"}")
                    .getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(known ? 200 : 400, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private String session(int seconds) {
        return """
                {"access_token": "%s", "token_type": "bearer", "expires_in": %d, "refresh_token": "again",
                 "user": {"id": "%s", "aud": "authenticated", "role": "authenticated", "email": "ann@example.com"}}
                """.formatted(Jwt.of(user).expiring(seconds).sign(), seconds, user);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
