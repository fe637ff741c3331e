package dev.importonce.platform;

import dev.importonce.fixture.Database;
import dev.importonce.fixture.TestPostgres;
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
        URI uri = URI.create(direct.url().substring("jdbc:".length()));
        line = new TcpProxy(uri.getHost(), uri.getPort());
        String cuttable = direct.url().replaceFirst("//[^/]+/", "//127.0.0.1:" + line.port() + "/");
        // A pooler stays; what it loses is the server behind it.
        PgBouncer.inFrontOf(cuttable);
        return TestPostgres.settings(cuttable);
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
