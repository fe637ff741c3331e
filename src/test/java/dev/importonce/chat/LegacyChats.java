package dev.importonce.chat;

import dev.importonce.fixture.Database;
import dev.importonce.fixture.TestPostgres;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Map;

/** A database from before this service, with chats in it, that the application then migrates as it migrates any. */
public class LegacyChats implements QuarkusTestResourceLifecycleManager {
    private Database database;

    @Override
    public Map<String, String> start() {
        database = new Database(TestPostgres.newDatabase());
        database.update("create table public.chats (id uuid primary key, participants text[], created_at timestamptz)");
        // Ten chats, two of them made twice: chat 11 is chat 1 again, chat 12 is chat 2.
        database.update("""
                insert into public.chats (id, participants, created_at)
                select ('00000000-0000-0000-0000-' || lpad(n::text, 12, '0'))::uuid,
                       case n
                           when 11 then array['Other1', 'User_1']
                           when 12 then array['User_2', 'User_2', 'Other2']
                           else array['User_' || n, 'Other' || n]
                       end,
                       timestamptz '2024-01-01T00:00:00Z' + n * interval '1 hour'
                from generate_series(1, 12) n
                """);
        return TestPostgres.settings(
                database.url(),
                Map.of(
                        "importonce.auth", "none",
                        "quarkus.flyway.migrate-at-start", "true",
                        "quarkus.flyway.baseline-on-migrate", "true",
                        "quarkus.flyway.baseline-version", "0"));
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
