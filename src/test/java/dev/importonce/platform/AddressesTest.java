package dev.importonce.platform;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.importonce.postgres.Listener;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Addresses that hold a password are refused without it. */
class AddressesTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "hunter2",
                "postgresql://ann:hunter2@db:5432/postgres",
                "postgres://ann:hunter2@db/postgres?sslmode=require",
                "jdbc:postgres://db/postgres?user=ann&password=hunter2",
                "jdbc:postgresql//db/postgres?user=ann&password=hunter2",
                "jdbc:postgresql://ann:hunter2@db/postgres",
                "jdbc:postgresql://ann:hunter2@db:5432/postgres",
                "jdbc:postgresql://ann:hunter2/postgres",
                "jdbc:postgresql://db?user=ann&password=hunter2",
                "jdbc:postgresql://db/postgres/?user=ann&password=hunter2",
                "jdbc:postgresql://db:54 32/postgres?password=hunter2",
                "jdbc:mysql://db/postgres?password=hunter2",
                "JDBC:postgresql://db/postgres?password=hunter2",
                " jdbc:postgresql://db/postgres?password=hunter2",
            })
    void what_is_no_jdbc_url_is_refused_by_its_settings_name(String address) {
        for (String name :
                new String[] {"importonce.listen-url", "quarkus.datasource.jdbc.url", "quarkus.flyway.jdbc-url"})
            assertRefused(name, address);
        Exception refused = assertThrows(IllegalArgumentException.class, () -> new Listener(address, "work"));
        assertFalse(refused.getMessage().contains("hunter2"), refused.getMessage());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jdbc:postgresql://db:5432/postgres?user=ann&password=hunter2",
                "jdbc:postgresql://db/postgres",
                "jdbc:postgresql://db/?user=ann",
                "jdbc:postgresql:///postgres",
                "jdbc:postgresql://one:5432,two:5433/postgres?targetServerType=primary",
                "jdbc:postgresql://[::1]:5432/postgres",
                "jdbc:postgresql://aws-0-eu.pooler.example.com:6543/postgres?sslmode=require&user=ann.x",
                "jdbc:postgresql:postgres?password=p%40/ss?&x=@"
            })
    void what_the_driver_takes_is_taken(String address) {
        assertDoesNotThrow(() -> Addresses.check(given("importonce.listen-url", address)));
        assertDoesNotThrow(() -> new Listener(address, "work"));
    }

    @ParameterizedTest
    @CsvSource({
        "supabase.url, https://ann:hunter2@project.example",
        "supabase.jwks-url, htps://project.example/hunter2",
        "importonce.s3.endpoint, ann:hunter2@store.example",
        "importonce.provider.url, https://provider.example/a b?key=hunter2",
        "importonce.provider.url, provider.example/hunter2"
    })
    void what_is_no_server_is_refused_by_its_settings_name(String name, String address) {
        assertRefused(name, address);
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://project.example", "http://127.0.0.1:9000/", "https://store.example/path", ""})
    void a_servers_address_is_taken(String address) {
        assertDoesNotThrow(() -> Addresses.check(given("supabase.url", address)));
    }

    @Test
    void nothing_needs_an_address() {
        assertDoesNotThrow(() -> Addresses.check(new SmallRyeConfigBuilder().build()));
    }

    private static void assertRefused(String name, String address) {
        CannotStart refused = assertThrows(CannotStart.class, () -> Addresses.check(given(name, address)));
        String setting = name.toUpperCase(java.util.Locale.ROOT).replaceAll("[.-]", "_");
        assertTrue(refused.getMessage().startsWith(setting + " "), refused.getMessage());
        assertFalse(refused.getMessage().contains("hunter2"), refused.getMessage());
    }

    private static io.smallrye.config.SmallRyeConfig given(String name, String address) {
        return new SmallRyeConfigBuilder()
                .withSources(new PropertiesConfigSource(Map.of(name, address), "given", 500))
                .build();
    }
}
