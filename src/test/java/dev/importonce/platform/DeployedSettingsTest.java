package dev.importonce.platform;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.quarkus.vertx.http.runtime.VertxHttpConfig;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.ConfigMappings;
import io.smallrye.config.WithDefault;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What deploy sets is read by somebody, and no secret is in a file. */
class DeployedSettingsTest {
    private static final Pattern LITERAL = Pattern.compile("\"((?:importonce|supabase|cron|quarkus)[.][a-z0-9.-]+)\"");
    private static final Pattern NAMED =
            Pattern.compile("\\b(?:IMPORTONCE|QUARKUS|SUPABASE|CRON)_[A-Z0-9_]*[A-Z0-9]\\b");
    private static final Pattern PROPERTY =
            Pattern.compile("`((?:quarkus|importonce|supabase)[.][a-z.-]+|cron[.](?!yaml)[a-z.-]+)`");
    private static final Pattern SECRET =
            Pattern.compile(".*(SECRET|PASSWORD|KEY|USERNAME|JDBC_URL|LISTEN_URL|PROVIDER_URL)");
    private static final Pattern KEY_VAULT =
            Pattern.compile("@Microsoft[.]KeyVault\\(VaultName=\\w+;SecretName=[a-z-]+\\)");

    /** Set by a platform or read by the platform's own code. */
    private static final Set<String> NOT_OURS = Set.of("IMPORTONCE_URL");

    @Test
    void it_listens_where_all_platforms_look_for_it() throws NoSuchMethodException {
        assertEquals(
                "8080",
                VertxHttpConfig.class
                        .getMethod("port")
                        .getAnnotation(WithDefault.class)
                        .value());
        assertFalse(Manifests.text(Path.of("src/main/resources/application.properties"))
                .contains("quarkus.http.port"));
    }

    @Test
    void every_variable_is_one_that_the_service_reads() {
        Set<String> known = known();
        assertTrue(
                known.containsAll(Set.of("IMPORTONCE_LEASE", "QUARKUS_HTTP_PORT", "SUPABASE_JWKS_URL", "CRON_SECRET")));
        Map<String, String> unknown = new TreeMap<>();
        int containers = 0;
        for (Manifests.Found found : manifests())
            for (Container container : found.ours()) {
                containers++;
                for (EnvVar variable : container.getEnv())
                    if (!known.contains(variable.getName())) unknown.put(variable.getName(), found.toString());
            }
        assertTrue(containers >= 6);
        for (Manifests.Found found : manifests())
            found.as(ConfigMap.class).ifPresent(map -> map.getData().keySet().stream()
                    .filter(name -> !known.contains(name))
                    .forEach(name -> unknown.put(name, found.toString())));
        assertEquals(Map.of(), unknown);
    }

    @Test
    void every_setting_in_any_file_is_one_that_the_service_reads() {
        Set<String> known = known();
        Map<String, String> unknown = new TreeMap<>();
        Set<String> seen = new TreeSet<>();
        for (Path file : Manifests.files("", "")) {
            String text = Manifests.text(file);
            Matcher variable = NAMED.matcher(text);
            while (variable.find()) seen.add(check(variable.group(), known, unknown, file));
            Matcher property = PROPERTY.matcher(text);
            while (property.find()) seen.add(check(environment(property.group(1)), known, unknown, file));
        }
        assertTrue(seen.size() >= 10, seen::toString);
        assertEquals(Map.of(), unknown);
    }

    @Test
    void the_document_of_settings_has_all_of_ours_and_no_other() {
        Set<String> documented = new TreeSet<>();
        Matcher name = NAMED.matcher(Manifests.text(Path.of("src/docs/configuration.md")));
        while (name.find()) documented.add(name.group());
        Set<String> missing = new TreeSet<>();
        mapped().stream().map(DeployedSettingsTest::environment).forEach(missing::add);
        missing.addAll(Set.of("SUPABASE_JWT_SECRET", "SUPABASE_JWKS_URL", "IMPORTONCE_AUTH", "IMPORTONCE_DATA_DIR"));
        missing.removeAll(documented);
        assertEquals(Set.of(), missing);
        documented.removeAll(known());
        assertEquals(Set.of(), documented);
    }

    @Test
    void secrets_come_by_reference() {
        int secrets = 0;
        for (Manifests.Found found : manifests()) {
            for (Container container : found.containers())
                for (EnvVar variable : container.getEnv())
                    if (SECRET.matcher(variable.getName()).matches()) {
                        secrets++;
                        assertNotNull(variable.getValueFrom(), () -> found + " " + variable.getName());
                        assertNotNull(
                                variable.getValueFrom().getSecretKeyRef(), () -> found + " " + variable.getName());
                    }
            found.as(ConfigMap.class).ifPresent(map -> map.getData()
                    .keySet()
                    .forEach(name -> assertTrue(!SECRET.matcher(name).matches(), found::toString)));
        }
        for (Path file : Manifests.files("azure-functions", "settings.json"))
            for (String name : Manifests.settings(file).keySet())
                if (SECRET.matcher(name).matches()) {
                    secrets++;
                    String value = Manifests.settings(file).get(name);
                    assertTrue(KEY_VAULT.matcher(value).matches(), () -> name + " " + value);
                }
        Fly.CONFIG
                .env()
                .keySet()
                .forEach(name -> assertTrue(!SECRET.matcher(name).matches(), name));
        assertTrue(secrets >= 25, "only " + secrets);
    }

    @Test
    void no_file_holds_anything_that_looks_like_a_secret() {
        Pattern looks =
                Pattern.compile("Bearer [A-Za-z0-9._-]{8,}|eyJ[A-Za-z0-9_-]{10,}|://[^/\\s:@]+:[^/\\s@]+@|[?&]password="
                        + "|(?i:password|secret|_key)\"?\\s*[=:]\\s*\"?[A-Za-z0-9+/]{16,}");
        for (Path file : Manifests.files("", "")) {
            Matcher secret = looks.matcher(Manifests.text(file));
            assertTrue(!secret.find(), () -> file + ": " + secret.group());
        }
    }

    private static String check(String name, Set<String> known, Map<String, String> unknown, Path file) {
        if (!known.contains(name) && !NOT_OURS.contains(name)) unknown.put(name, file.toString());
        return name;
    }

    private static List<Manifests.Found> manifests() {
        return Stream.of(
                        Manifests.objects("kubernetes"),
                        Manifests.objects("knative"),
                        Manifests.objects(Path.of("deploy/cloud-run/service.yaml")),
                        Manifests.objects(Path.of("deploy/cloud-run/migrate-job.yaml")))
                .flatMap(List::stream)
                .toList();
    }

    /** Names of environment variables that our code or Quarkus reads. */
    private static Set<String> known() {
        Set<String> properties = mapped();
        try (Stream<Path> sources = Files.walk(Path.of("src/main/java"))) {
            sources.filter(Files::isRegularFile).forEach(source -> {
                Matcher literal = LITERAL.matcher(Manifests.text(source));
                while (literal.find()) properties.add(literal.group(1));
            });
            for (URL list : Collections.list(
                    Thread.currentThread().getContextClassLoader().getResources("META-INF/quarkus-config-roots.list")))
                try (InputStream names = list.openStream()) {
                    new String(names.readAllBytes(), StandardCharsets.UTF_8)
                            .lines()
                            .forEach(name -> properties.addAll(properties(name)));
                }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Set<String> known = new TreeSet<>();
        properties.stream().filter(name -> !name.contains("*")).forEach(name -> known.add(environment(name)));
        return known;
    }

    /** Those of our own mappings. */
    private static Set<String> mapped() {
        Set<String> properties = new TreeSet<>();
        new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests()).importPackages("dev.importonce").stream()
                        .filter(type -> type.isAnnotatedWith(ConfigMapping.class))
                        .forEach(type -> properties.addAll(properties(type.getName())));
        return properties;
    }

    private static Set<String> properties(String type) {
        try {
            Class<?> mapping = Class.forName(type, false, DeployedSettingsTest.class.getClassLoader());
            if (!mapping.isAnnotationPresent(ConfigMapping.class)) return Set.of();
            return ConfigMappings.getProperties(ConfigMappings.ConfigClass.configClass(mapping))
                    .keySet();
        } catch (ClassNotFoundException | LinkageError e) {
            // Of an extension's own build steps.
            return Set.of();
        }
    }

    private static String environment(String property) {
        return property.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_");
    }
}
