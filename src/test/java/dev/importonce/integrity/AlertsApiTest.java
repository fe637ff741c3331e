package dev.importonce.integrity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.importonce.fixture.Alerts;
import dev.importonce.fixture.Metrics;
import dev.importonce.fixture.PromQl;
import dev.importonce.fixture.TestPostgres;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The alarms ask for what there is. */
@QuarkusTest
@QuarkusTestResource(TestPostgres.class)
@TestProfile(OwnDatabase.class)
class AlertsApiTest {
    private static final Pattern CHECK = Pattern.compile("(?:check|alarm|queue)=~?\"([^\"]+)\"");

    @Test
    void every_alarm_says_what_is_and_what_to_do() {
        Set<Object> names = new TreeSet<>();
        for (Map<?, ?> alert : Alerts.all()) {
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
        List<Metrics.Series> shown = Metrics.shown();
        List<PromQl.Selector> asked = Alerts.all().stream()
                .flatMap(alert -> new PromQl(alert.get("expr").toString()).selectors().stream())
                .toList();

        assertTrue(asked.size() >= 9, asked::toString);
        assertEquals(
                List.of(),
                asked.stream().filter(selector -> !selector.isAmong(shown)).toList());
    }

    @Test
    void every_check_has_an_alarm_and_every_alarm_an_existing_check() {
        List<String> patterns = new ArrayList<>();
        for (Map<?, ?> alert : Alerts.all()) {
            Matcher named = CHECK.matcher(alert.get("expr").toString());
            while (named.find()) patterns.addAll(List.of(named.group(1).split("\\|")));
        }
        List<String> checks = new ArrayList<>();
        Checks.PROBLEMS.forEach(check -> checks.add(check.name()));
        Checks.ALARMS.forEach(check -> checks.add(check.name()));
        for (String pattern : patterns) assertTrue(checks.stream().anyMatch(name -> name.matches(pattern)), pattern);
        for (String name : checks) assertTrue(patterns.stream().anyMatch(name::matches), name);
    }
}
