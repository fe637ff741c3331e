package dev.importonce.platform;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.importonce.fixture.Metrics;
import dev.importonce.fixture.PromQl;
import dev.importonce.fixture.TestPostgres;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The dashboard asks for what a service shows from its first minute on, before anything has been imported or sent. */
@QuarkusTest
@QuarkusTestResource(TestPostgres.class)
@TestProfile(DashboardApiTest.JustStarted.class)
class DashboardApiTest {
    /** An application that nobody else has asked for anything. */
    public static class JustStarted implements QuarkusTestProfile {}

    private static final Path FILE = Path.of("deploy/grafana/importonce.json");
    private static final int COLUMNS = 24;
    private static final long PATIENCE_NANOS = 20_000_000_000L;
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{?(?!__)(\\w+)");
    private static final Pattern LEGEND = Pattern.compile("\\{\\{(\\w+)}}");

    private final JsonNode dashboard = dashboard();

    @Test
    void every_series_that_it_asks_for_is_shown() {
        List<Metrics.Series> shown = shownAfterARequest();
        List<PromQl.Selector> missing = expressions().stream()
                .flatMap(expression -> expression.selectors().stream())
                .filter(selector -> !selector.isAmong(shown))
                .toList();

        assertEquals(List.of(), missing);
        assertTrue(expressions().size() >= 20, () -> "only " + expressions());
    }

    @Test
    void every_label_that_divides_a_result_is_one_of_its_metrics() {
        List<Metrics.Series> shown = Metrics.shown();
        for (PromQl expression : expressions())
            for (PromQl.Selector selector : expression.selectors())
                for (Metrics.Series series : shown)
                    if (series.name().equals(selector.metric()))
                        assertTrue(series.labels().keySet().containsAll(expression.labels()), expression::text);
    }

    @Test
    void a_legend_names_labels_of_its_result() {
        for (JsonNode panel : dashboard.get("panels"))
            for (JsonNode target : panel.get("targets"))
                LEGEND.matcher(target.get("legendFormat").textValue())
                        .results()
                        .forEach(name -> assertTrue(
                                expression(target).labels().contains(name.group(1)), () -> target.toPrettyString()));
    }

    @Test
    void each_panel_says_what_it_shows_and_has_a_place() {
        Set<Integer> ids = new HashSet<>();
        Set<String> titles = new HashSet<>();
        Set<Integer> cells = new HashSet<>();
        for (JsonNode panel : dashboard.get("panels")) {
            assertTrue(ids.add(panel.get("id").intValue()), panel::toPrettyString);
            assertTrue(titles.add(panel.get("title").textValue()), panel::toPrettyString);
            assertFalse(panel.get("description").textValue().isBlank(), panel::toPrettyString);
            JsonNode place = panel.get("gridPos");
            int right = place.get("x").intValue() + place.get("w").intValue();
            assertTrue(right <= COLUMNS, panel::toPrettyString);
            for (int x = place.get("x").intValue(); x < right; x++)
                for (int y = 0; y < place.get("h").intValue(); y++)
                    assertTrue(
                            cells.add((place.get("y").intValue() + y) * COLUMNS + x), () -> "two panels at: " + place);
        }
    }

    @Test
    void it_uses_the_variables_that_it_has() {
        Set<String> has = new TreeSet<>();
        dashboard
                .at("/templating/list")
                .forEach(variable -> has.add(variable.get("name").textValue()));
        Set<String> uses = new TreeSet<>();
        VARIABLE.matcher(dashboard.toString()).results().forEach(name -> uses.add(name.group(1)));

        assertEquals(Set.of("datasource", "instance"), has);
        assertEquals(has, uses);
    }

    /** A request is counted a little after its answer is here; those for the metrics themselves are not. */
    private static List<Metrics.Series> shownAfterARequest() {
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        given().get("/api/migrations").then().statusCode(200);
        List<Metrics.Series> shown = Metrics.shown();
        while (shown.stream().noneMatch(series -> series.name().startsWith("http_server_requests"))
                && System.nanoTime() < deadline) shown = Metrics.shown();
        return shown;
    }

    private List<PromQl> expressions() {
        List<PromQl> expressions = new ArrayList<>();
        for (JsonNode panel : dashboard.get("panels"))
            for (JsonNode target : panel.get("targets")) expressions.add(expression(target));
        for (JsonNode variable : dashboard.at("/templating/list"))
            if (variable.has("definition"))
                expressions.add(
                        new PromQl(variable.get("definition").textValue().replace(", instance", "")));
        return expressions;
    }

    private static PromQl expression(JsonNode target) {
        return new PromQl(target.get("expr").textValue());
    }

    private static JsonNode dashboard() {
        try {
            return new ObjectMapper().readTree(FILE.toFile());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
