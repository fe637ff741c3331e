package dev.importonce.integrity;

import static java.util.stream.Collectors.toCollection;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.importonce.fixture.Alerts;
import dev.importonce.fixture.Ended;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Each alert fires when it should, and not a moment earlier: Prometheus' own tool runs the cases. */
class AlertRulesTest {
    private static final Pattern ALERT = Pattern.compile("ALERTS\\{alertname=\"(\\w+)\".*");

    @Test
    void every_alert_has_a_case_of_each_kind() {
        Set<String> firing = new TreeSet<>();
        Set<String> silent = new TreeSet<>();
        for (Map<?, ?> one : Alerts.cases()) {
            List<?> expected = (List<?>) one.get("exp_samples");
            Matcher alert = ALERT.matcher(one.get("expr").toString());
            if (!alert.matches()) continue;
            if (expected.isEmpty()) silent.add(alert.group(1));
            else if (expected.toString().contains("alertstate=\"firing\"")) firing.add(alert.group(1));
        }
        Set<String> alerts = Alerts.all().stream()
                .map(alert -> alert.get("alert").toString())
                .collect(toCollection(TreeSet::new));

        assertEquals(alerts, firing);
        assertEquals(alerts, silent);
    }

    @Test
    void the_alerts_do_what_their_cases_say() {
        Ended tested = Ended.of(Map.of(), "promtool", "test", "rules", Alerts.CASES.toString());

        assertEquals(0, tested.code(), tested::output);
    }
}
