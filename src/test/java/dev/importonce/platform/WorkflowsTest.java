package dev.importonce.platform;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
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
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What runs at the hoster of the repository can be read, and what it names is there. */
class WorkflowsTest {
    private static final Path HOSTED = Path.of(".github");

    /** Files of the project in a command. */
    private static final Pattern FILE =
            Pattern.compile("(?:^|[\\s\"])((?:\\./|\\.ci/|\\.github/|src/|deploy/)[\\w./-]*[\\w])");

    private static final Pattern EXPRESSION = Pattern.compile("\\$\\{\\{\\s*matrix\\.(\\w+)\\s*}}");
    private static final Pattern ACTION = Pattern.compile("[\\w-]+/[\\w-]+@v\\d+");

    @Test
    void every_job_of_every_workflow_can_run() throws IOException {
        List<String> faults = new ArrayList<>();
        for (Path file : List.of(HOSTED.resolve("workflows/ci.yml"), HOSTED.resolve("workflows/release.yml"))) {
            JsonNode workflow = Manifests.yaml(file);
            // YAML 1.1 takes the word for true.
            assertTrue(workflow.has("on") || workflow.has("true"), file::toString);
            assertTrue(workflow.has("permissions"), file + ": least rights");
            Set<String> jobs = new TreeSet<>();
            workflow.get("jobs").fieldNames().forEachRemaining(jobs::add);
            for (String job : jobs) check(file + " " + job, workflow.get("jobs").get(job), jobs, faults);
        }
        assertEquals(List.of(), faults);
    }

    private static void check(String name, JsonNode job, Set<String> jobs, List<String> faults) {
        if (!job.has("timeout-minutes")) faults.add(name + " may hang");
        job.path("needs").forEach(needed -> {
            if (!jobs.contains(needed.asText())) faults.add(name + " needs " + needed);
        });
        JsonNode rounds = job.path("strategy").path("matrix").path("include");
        Matcher used = EXPRESSION.matcher(job.toString());
        while (used.find()) {
            assertFalse(rounds.isEmpty(), name);
            for (JsonNode round : rounds) if (!round.has(used.group(1))) faults.add(name + " has no " + used.group(1));
        }
        for (JsonNode step : job.get("steps")) {
            if (step.has("uses") == step.has("run")) faults.add(name + ": " + step);
            if (step.has("uses") && !ACTION.matcher(step.get("uses").asText()).matches())
                faults.add(name + ": " + step);
            List<JsonNode> each = rounds.isEmpty() ? List.of(step) : List.copyOf(list(rounds));
            for (JsonNode round : each) missing(filled(step.path("run").asText(), round), name, faults);
        }
    }

    private static List<JsonNode> list(JsonNode array) {
        List<JsonNode> list = new ArrayList<>();
        array.forEach(list::add);
        return list;
    }

    private static String filled(String command, JsonNode round) {
        Matcher expression = EXPRESSION.matcher(command);
        return expression.replaceAll(match -> round.path(match.group(1)).asText());
    }

    private static void missing(String command, String name, List<String> faults) {
        Matcher file = FILE.matcher(command);
        while (file.find()) if (!Files.exists(Path.of(file.group(1)))) faults.add(name + " names " + file.group(1));
    }

    @Test
    void what_is_kept_up_to_date_is_there() {
        Map<String, String> manifests = Map.of(
                "maven", "pom.xml",
                "npm", "package.json",
                "github-actions", ".github/workflows",
                "docker", "Dockerfile.native");
        Set<String> seen = new TreeSet<>();
        for (JsonNode update : Manifests.yaml(HOSTED.resolve("dependabot.yml")).get("updates")) {
            String kind = update.get("package-ecosystem").asText();
            Path folder = Path.of(".", update.get("directory").asText());
            assertTrue(Files.exists(folder.resolve(manifests.get(kind))), kind);
            seen.add(kind);
        }
        assertEquals(new TreeSet<>(manifests.keySet()), seen);
    }

    @Test
    void forms_for_issues_ask_for_something() throws IOException {
        int forms = 0;
        try (Stream<Path> files = Files.list(HOSTED.resolve("ISSUE_TEMPLATE"))) {
            for (Path file : files.filter(form -> !form.endsWith("config.yml")).toList()) {
                JsonNode form = Manifests.yaml(file);
                for (String part : List.of("name", "description", "body")) assertTrue(form.has(part), file + part);
                Set<String> ids = new TreeSet<>();
                for (JsonNode field : form.get("body")) {
                    assertTrue(field.get("attributes")
                            .has(field.get("type").asText().equals("markdown") ? "value" : "label"));
                    if (field.has("id")) assertTrue(ids.add(field.get("id").asText()), file::toString);
                }
                assertTrue(ids.size() >= 2, file::toString);
                forms++;
            }
        }
        assertEquals(2, forms);
    }

    @Test
    void the_container_for_development_has_what_the_tests_need() throws IOException {
        JsonNode container = Manifests.yaml(Path.of(".devcontainer/devcontainer.json"));
        String installed = container.get("onCreateCommand").asText();
        Matcher needed = Pattern.compile("(?m)^need (\\S+) (\\S+)$").matcher(Manifests.text(Path.of(".ci/run")));
        Set<String> brought = Set.of("javac", "curl", "unzip", "node", "npm");
        while (needed.find())
            if (!brought.contains(needed.group(1)))
                assertTrue((installed + " ").contains(" " + needed.group(2) + " "), needed.group());
    }
}
