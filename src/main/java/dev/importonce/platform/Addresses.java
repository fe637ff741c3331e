package dev.importonce.platform;

import dev.importonce.postgres.JdbcUrl;
import io.smallrye.config.SmallRyeConfig;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import org.eclipse.microprofile.config.Config;

/**
 * Checks the settings that are URLs. An invalid one is refused before any library uses it, and the message has only the
 * setting's name: URLs may contain passwords, and libraries log URLs that they cannot use.
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
