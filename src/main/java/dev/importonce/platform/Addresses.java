package dev.importonce.platform;

import dev.importonce.postgres.JdbcUrl;
import io.smallrye.config.SmallRyeConfig;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import org.eclipse.microprofile.config.Config;

/**
 * The settings that are addresses. A mistyped one is refused by its name before anybody uses it: addresses hold passwords, and
 * whoever cannot use one quotes it in a log.
 */
final class Addresses {
    private static final List<String> DATABASES =
            List.of("quarkus.datasource.jdbc.url", "quarkus.flyway.jdbc-url", "importonce.listen-url");

    private static final List<String> SERVERS = List.of(
            "supabase.url",
            "supabase.jwks-url",
            "importonce.s3.endpoint",
            "importonce.provider.url",
            "quarkus.otel.exporter.otlp.endpoint",
            "otel.exporter.otlp.endpoint");

    private Addresses() {}

    static void check(Config given) {
        for (String name : DATABASES) check(given, name, JdbcUrl::isOne, JdbcUrl.EXAMPLE);
        for (String name : SERVERS)
            check(given, name, Addresses::isServer, "https://host, without a user or password in it");
    }

    private static void check(Config given, String name, Predicate<String> shape, String example) {
        boolean wrong = given.unwrap(SmallRyeConfig.class)
                .getOptionalValue(name, String.class)
                .filter(value -> !value.isBlank() && !shape.test(value))
                .isPresent();
        if (wrong)
            throw new CannotStart(name.toUpperCase(Locale.ROOT).replaceAll("[.-]", "_") + " is no address such as "
                    + example + "; it is not shown here, since it may hold a password.");
    }

    private static boolean isServer(String text) {
        try {
            URI address = URI.create(text);
            return ("http".equalsIgnoreCase(address.getScheme()) || "https".equalsIgnoreCase(address.getScheme()))
                    && address.getHost() != null
                    && address.getRawUserInfo() == null;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
