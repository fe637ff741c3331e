package dev.importonce.platform;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.HashMap;
import java.util.Map;

/** A Supabase project's database, legacy tables included, with the application connecting as its own role of least rights. */
public class ServiceRole implements QuarkusTestResourceLifecycleManager {
    private Database database;

    @Override
    public Map<String, String> start() {
        database = SupabaseServer.newest().database(SupabaseServer.Shape.LEGACY);
        SupabaseServer.migrate(database);
        SupabaseServer.createServiceRole(database);
        Map<String, String> settings = new HashMap<>(TestPostgres.settings(
                SupabaseServer.as(database, "importonce").url(), Map.of("quarkus.flyway.migrate-at-start", "false")));
        // Whatever happens to be in the environment: nobody migrates here.
        settings.put("importonce.migrate-at-start", "false");
        return settings;
    }

    @Override
    public void inject(TestInjector injector) {
        injector.injectIntoFields(database, new TestInjector.MatchesType(Database.class));
    }

    @Override
    public void stop() {
        // The database goes with the embedded server.
    }
}
