package dev.importonce.integrity;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.importonce.fixture.TestPostgres;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The alarms ask for what there is. */
@QuarkusTest
@QuarkusTestResource(TestPostgres.class)
@TestProfile(OwnDatabase.class)
class AlertsApiTest {
    private static final Path ALERTS = Path.of("deploy/prometheus/alerts.yaml");

    /** A name that is neither a function, nor within braces, nor a word of the language. */
    private static final Pattern METRIC =
            Pattern.compile("\\b(?!by\\b|and\\b|or\\b|unless\\b|on\\b)[a-z_]{3,}\\b(?!\\s*\\()");

    private static final Pattern CHECK = Pattern.compile("(?:check|alarm|queue)=~?\"([^\"]+)\"");

    @Test
    void every_alarm_says_what_is_and_what_to_do() {
        Set<Object> names = new TreeSet<>();
        for (Map<?, ?> alert : alerts()) {
            assertTrue(names.add(alert.get("alert")), () -> "twice: " + alert.get("alert"));
            Map<?, ?> annotations = (Map<?, ?>) alert.get("annotations");
            assertFalse(annotations.get("summary").toString().isBlank(), alert::toString);
            assertFalse(annotations.get("description").toString().isBlank(), alert::toString);
            assertTrue(Set.of("warning", "critical").contains(((Map<?, ?>) alert.get("labels")).get("severity")));
        }
        assertTrue(names.size() >= 5);
    }

    @Test
    void every_metric_of_an_alarm_is_one_that_the_service_has() {
        Set<String> exposed = new TreeSet<>();
        given().get("/q/metrics")
                .asString()
                .lines()
                .filter(line -> !line.startsWith("#"))
                .forEach(line -> exposed.add(line.split("[{ ]", 2)[0]));
        Set<String> asked = new TreeSet<>();
        for (Map<?, ?> alert : alerts()) {
            String expr = alert.get("expr").toString().replaceAll("\\{[^}]*}|\\[[^]]*]|by \\([^)]*\\)", "");
            Matcher metric = METRIC.matcher(expr);
            while (metric.find()) asked.add(metric.group());
        }
        assertTrue(asked.size() >= 4, asked::toString);
        asked.removeAll(exposed);
        assertEquals(Set.of(), asked);
    }

    @Test
    void every_check_has_an_alarm_and_every_alarm_an_existing_check() {
        List<String> patterns = new ArrayList<>();
        for (Map<?, ?> alert : alerts()) {
            Matcher named = CHECK.matcher(alert.get("expr").toString());
            while (named.find()) patterns.addAll(List.of(named.group(1).split("\\|")));
        }
        List<String> checks = new ArrayList<>();
        Checks.PROBLEMS.forEach(check -> checks.add(check.name()));
        Checks.ALARMS.forEach(check -> checks.add(check.name()));
        for (String pattern : patterns) assertTrue(checks.stream().anyMatch(name -> name.matches(pattern)), pattern);
        for (String name : checks) assertTrue(patterns.stream().anyMatch(name::matches), name);
    }

    private static List<Map<?, ?>> alerts() {
        try {
            Map<?, ?> file = new Yaml(new SafeConstructor(new LoaderOptions())).load(Files.readString(ALERTS));
            List<Map<?, ?>> alerts = new ArrayList<>();
            for (Object group : (List<?>) file.get("groups"))
                for (Object rule : (List<?>) ((Map<?, ?>) group).get("rules")) alerts.add((Map<?, ?>) rule);
            return alerts;
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
