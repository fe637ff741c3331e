package dev.importonce.platform;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.importonce.fixture.TestPostgres;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Probe;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What deploy calls, probes and measures is there. */
@QuarkusTest
@QuarkusTestResource(TestPostgres.class)
class DeployedAddressesApiTest {
    private static final Pattern CRON = Pattern.compile("/api/cron/[a-z-]+");
    private static final Pattern BUDGET = Pattern.compile("budget=(PT\\w+)");
    private static final Pattern QUEUE_AGE = Pattern.compile("([a-z_]{5,})\\{queue=\"([a-z]+)\"}");

    @Test
    void every_probe_is_answered() {
        Set<String> probed = new TreeSet<>();
        for (String folder : List.of("kubernetes", "knative"))
            Manifests.objects(folder).forEach(found -> found.ours().forEach(probes(probed::add)));
        Manifests.objects(Path.of("deploy/cloud-run/service.yaml"))
                .forEach(found -> found.ours().forEach(probes(probed::add)));
        Fly.CONFIG.httpService().checks().forEach(check -> probed.add(check.path()));
        Fly.CONFIG.checks().values().forEach(check -> probed.add(check.path()));
        probed.add(Fly.CONFIG.metrics().path());
        assertTrue(probed.size() >= 3, probed::toString);
        for (String path : probed) given().get(path).then().statusCode(200);
    }

    @Test
    void the_metrics_that_scale_are_there_for_all_queues() {
        Set<String> exposed = new TreeSet<>();
        Set<String> paths = new TreeSet<>();
        given().get("/q/metrics").asString().lines().forEach(line -> exposed.add(line.split(" ")[0]));
        Set<String> queues = new TreeSet<>();
        for (Manifests.Found found : Manifests.objects("kubernetes")) {
            found.template()
                    .map(template -> template.getMetadata().getAnnotations())
                    .ifPresent(annotations -> {
                        if (annotations.containsKey("prometheus.io/path"))
                            paths.add(annotations.get("prometheus.io/port") + annotations.get("prometheus.io/path"));
                    });
            for (Manifests.ScaledObject scaled :
                    found.as(Manifests.ScaledObject.class).stream().toList())
                for (Manifests.ScaledObject.Trigger trigger : scaled.spec().triggers()) {
                    Matcher asked = QUEUE_AGE.matcher(trigger.metadata().query());
                    assertTrue(asked.find(), trigger::toString);
                    assertTrue(exposed.contains(asked.group()), () -> asked.group() + " is not in " + exposed);
                    assertTrue(Double.parseDouble(trigger.metadata().threshold()) > 0);
                    queues.add(asked.group(2));
                }
        }
        assertEquals(Set.of("import", "send", "webhooks"), queues);
        assertEquals(Set.of("8080/q/metrics"), paths);
    }

    @Test
    void every_platform_calls_all_cron_endpoints_and_no_other() {
        Map<String, Set<String>> called = new TreeMap<>();
        for (Path file : Manifests.files("", "")) {
            Matcher address = CRON.matcher(Manifests.text(file));
            String platform = file.getName(1).toString();
            while (address.find())
                called.computeIfAbsent(platform, any -> new TreeSet<>()).add(address.group());
        }
        Set<String> all = CronEndpoints.paths();
        assertEquals(Map.of("cloud-run", all, "kubernetes", all, "lambda", all), called);
    }

    @Test
    void every_budget_is_one_that_is_taken() {
        Set<String> budgets = new TreeSet<>();
        for (Path file : Manifests.files("", "")) {
            Matcher budget = BUDGET.matcher(Manifests.text(file));
            while (budget.find()) budgets.add(budget.group(1));
        }
        assertTrue(!budgets.isEmpty());
        for (String budget : budgets)
            for (String path : CronEndpoints.paths())
                given().queryParam("budget", budget)
                        .queryParam("max", 1)
                        .post(path)
                        .then()
                        .statusCode(200);
    }

    @Test
    void the_catch_all_of_azure_takes_every_method_that_is_served() {
        Set<String> taken = new TreeSet<>(Manifests.json(
                        Path.of("deploy/azure-functions/service/all/function.json"), AzureFunctionsTest.Function.class)
                .bindings()
                .get(0)
                .methods());
        Set<String> served = new TreeSet<>();
        JsonNode api = given().queryParam("format", "json").get("/q/openapi").as(JsonNode.class);
        api.get("paths").forEach(path -> path.fieldNames().forEachRemaining(served::add));
        served.retainAll(Set.of("get", "put", "post", "delete", "options", "head", "patch", "trace"));
        served.add("options");
        assertTrue(served.size() >= 5, served::toString);
        served.removeAll(taken);
        assertEquals(Set.of(), served);
    }

    @Test
    void the_workflow_reads_the_secret_and_calls_with_it() {
        JsonNode steps = Manifests.yaml(Path.of("deploy/cloud-run/cron.yaml")).at("/main/steps");
        assertEquals(2, steps.size());
        JsonNode read = steps.get(0).get("read_secret");
        assertEquals(
                "googleapis.secretmanager.v1.projects.secrets.versions.accessString",
                read.get("call").asText());
        assertEquals("importonce-cron-secret", read.at("/args/secret_id").asText());
        assertTrue(Manifests.text(Path.of("deploy/cloud-run/service.yaml"))
                .contains(read.at("/args/secret_id").asText()));
        JsonNode branches = steps.get(1).at("/work/parallel/branches");
        assertEquals(CronEndpoints.paths().size(), branches.size());
        for (JsonNode branch : branches) {
            JsonNode call =
                    branch.elements().next().get("steps").get(0).elements().next();
            assertEquals("http.post", call.get("call").asText());
            assertEquals(
                    "${\"Bearer \" + " + read.get("result").asText() + "}",
                    call.at("/args/headers/Authorization").asText());
        }
    }

    private static Consumer<Container> probes(Consumer<String> path) {
        return container -> Stream.of(
                        container.getStartupProbe(), container.getLivenessProbe(), container.getReadinessProbe())
                .filter(probe -> probe != null)
                .map(Probe::getHttpGet)
                .forEach(get -> path.accept(get.getPath()));
    }
}
