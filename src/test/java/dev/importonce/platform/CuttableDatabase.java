package dev.importonce.platform;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.net.URI;
import java.util.Map;

/** {@link TestPostgres} behind a line that a test can cut. */
public class CuttableDatabase implements QuarkusTestResourceLifecycleManager {
    private Database direct;
    private TcpProxy line;

    @Override
    public Map<String, String> start() {
        direct = new Database(TestPostgres.newDatabase());
        URI uri = URI.create(PgBouncer.url(direct.url()).substring("jdbc:".length()));
        line = new TcpProxy(uri.getHost(), uri.getPort());
        Map<String, String> settings = TestPostgres.settings(
                direct.url(), Map.of("importonce.auth", "none", "quarkus.flyway.migrate-at-start", "true"));
        settings.put(
                "quarkus.datasource.jdbc.url",
                direct.url().replaceFirst("//[^/]+/", "//127.0.0.1:" + line.port() + "/"));
        return settings;
    }

    @Override
    public void inject(TestInjector injector) {
        injector.injectIntoFields(direct, new TestInjector.MatchesType(Database.class));
        injector.injectIntoFields(line, new TestInjector.MatchesType(TcpProxy.class));
    }

    @Override
    public void stop() {
        if (line != null) line.close();
    }
}
