package dev.importonce.identity;

import com.sun.net.httpserver.HttpServer;
import dev.importonce.fixture.LocalServer;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.JsonWebKeySet;

/** Publishes keys as Supabase Auth does, and can be away. */
public class KeySet implements QuarkusTestResourceLifecycleManager {
    private final AtomicInteger fetches = new AtomicInteger();
    private volatile String published = "{\"keys\": []}";
    private volatile boolean away;
    private HttpServer server;

    @Override
    public Map<String, String> start() {
        server = LocalServer.create();
        server.createContext("/auth/v1/.well-known/jwks.json", exchange -> {
            fetches.incrementAndGet();
            byte[] body = published.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(away ? 503 : 200, away ? -1 : body.length);
            if (!away) exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        return Map.of(
                "supabase.jwks-url",
                "http://127.0.0.1:" + server.getAddress().getPort() + "/auth/v1/.well-known/jwks.json");
    }

    @Override
    public void inject(TestInjector injector) {
        injector.injectIntoFields(this, new TestInjector.MatchesType(KeySet.class));
    }

    @Override
    public void stop() {
        if (server != null) server.stop(0);
    }

    void publish(JsonWebKey... keys) {
        published = new JsonWebKeySet(List.of(keys)).toJson(JsonWebKey.OutputControlLevel.PUBLIC_ONLY);
    }

    void away(boolean is) {
        away = is;
    }

    int fetches() {
        return fetches.get();
    }
}
