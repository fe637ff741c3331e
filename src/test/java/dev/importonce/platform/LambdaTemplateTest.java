package dev.importonce.platform;

import static dev.importonce.platform.LambdaTemplate.at;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.ws.rs.POST;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What deploy/lambda says is what AWS takes (aws/cloudformation.json, from what it publishes) and what the code does. */
class LambdaTemplateTest {
    private static final List<LambdaTemplate> ALL =
            List.of(LambdaTemplate.read("template.yaml"), LambdaTemplate.read("migrate.yaml"));
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern REFERENCE = Pattern.compile("\\$\\{([A-Za-z]+)}");

    /** Values that only a deployed stack knows. */
    private static final Pattern FROM_SECRETS =
            Pattern.compile("\\{\\{resolve:secretsmanager:\\$\\{SecretName}:SecretString:[A-Za-z]+}}");

    /** Read by the Java runtimes. */
    private static final String OF_THE_JVM = "JAVA_TOOL_OPTIONS";

    private static final Set<String> SERVERS =
            Set.of("QUARKUS_DATASOURCE_JDBC_URL", "QUARKUS_DATASOURCE_USERNAME", "QUARKUS_DATASOURCE_PASSWORD");

    @Test
    void every_resource_and_property_has_a_published_name_and_type() throws IOException {
        JsonNode types;
        try (InputStream in = getClass().getResourceAsStream("/aws/cloudformation.json")) {
            types = JSON.readTree(in).get("types");
        }
        List<String> faults = new ArrayList<>();
        for (LambdaTemplate template : ALL)
            template.resources().forEach((name, resource) -> {
                JsonNode type = types.get(String.valueOf(at(resource, "Type")));
                if (type == null) faults.add(name + " is of an unknown type");
                else check(name.toString(), at(resource, "Properties"), type, faults);
            });
        assertEquals(List.of(), faults);
    }

    @Test
    void every_name_that_is_referred_to_is_there() {
        for (LambdaTemplate template : ALL) {
            Set<String> known = new TreeSet<>(Set.of("AWS::NoValue"));
            for (String section : List.of("Parameters", "Resources"))
                ((Map<?, ?>) at(template.content(), section)).keySet().forEach(name -> known.add(name.toString()));
            // What SAM makes of FunctionUrlConfig.
            if (at(template.function(), "FunctionUrlConfig") != null) known.add("ServiceUrl");
            Set<String> conditions = new TreeSet<>();
            ((Map<?, ?>) at(template.content(), "Conditions"))
                    .keySet()
                    .forEach(name -> conditions.add(name.toString()));
            Set<String> used = new TreeSet<>();
            Set<String> decided = new TreeSet<>();
            collect(template.content(), used, decided);
            assertTrue(known.containsAll(used), () -> template.file() + ": " + used);
            assertEquals(conditions, decided);
        }
    }

    @Test
    void the_package_is_the_built_one_and_the_handler_the_tested_one() {
        for (LambdaTemplate template : ALL) {
            Path code = LambdaTemplate.FOLDER.resolve(String.valueOf(at(template.function(), "CodeUri")));
            assertEquals(Path.of("target/lambda/function.zip"), code.normalize());
            assertEquals(LambdaFunction.HANDLER, at(template.function(), "Handler"));
        }
    }

    @Test
    void every_setting_is_one_that_the_code_reads() throws IOException {
        Set<String> read = settings();
        for (LambdaTemplate template : ALL)
            for (Object name : template.environment().keySet())
                assertTrue(
                        SERVERS.contains(name) || name.equals(OF_THE_JVM) || read.contains(squeezed(name.toString())),
                        name::toString);
    }

    @Test
    void secrets_come_from_the_secrets_manager_and_are_in_no_file() {
        for (LambdaTemplate template : ALL)
            template.environment().forEach((name, value) -> {
                if (!name.toString().matches(".*(SECRET|PASSWORD|USERNAME|JDBC_URL)")) return;
                assertTrue(
                        LambdaTemplate.texts(value).stream()
                                .anyMatch(text -> FROM_SECRETS.matcher(text).matches()),
                        () -> name + ": " + value);
            });
        for (String event : LambdaTemplate.scheduled())
            assertFalse(event.toLowerCase(java.util.Locale.ROOT).matches("(?s).*(bearer|resolve:|authorization).*"));
    }

    @Test
    void the_schedules_call_both_cron_endpoints_with_enough_time() throws IOException {
        int timeout = (Integer) at(ALL.get(0).function(), "Timeout");
        Set<String> called = new TreeSet<>();
        for (String event : LambdaTemplate.scheduled()) {
            JsonNode request = JSON.readTree(event);
            assertEquals("schedule", request.get("routeKey").asText());
            assertEquals("POST", request.at("/requestContext/http/method").asText());
            called.add(request.get("rawPath").asText());
            String budget = request.get("rawQueryString").asText().replaceFirst("^budget=", "");
            assertTrue(Duration.parse(budget).toSeconds() <= timeout / 2, budget);
        }
        assertEquals(cronPaths(), called);
    }

    @Test
    void the_function_has_limits() {
        for (LambdaTemplate template : ALL)
            for (String limit : List.of("Timeout", "MemorySize", "ReservedConcurrentExecutions"))
                assertNotNull(at(template.function(), limit), limit);
    }

    @Test
    void anybody_may_call_the_url_and_nobody_the_function_itself() {
        for (Map<?, ?> permission : ALL.get(0).of("AWS::Lambda::Permission"))
            assertEquals(true, permission.get("InvokedViaFunctionUrl"), permission::toString);
        assertEquals(List.of(), ALL.get(1).of("AWS::Lambda::Permission"));
    }

    private static void check(String where, Object value, JsonNode type, List<String> faults) {
        if (value instanceof Map<?, ?> map && isFunction(map)) return;
        if (type.has("properties")) {
            if (!(value instanceof Map<?, ?> map)) {
                faults.add(where + " is no object");
                return;
            }
            map.forEach((name, one) -> {
                JsonNode property = type.get("properties").get(name.toString());
                if (property == null) faults.add(where + "." + name + " is unknown");
                else check(where + "." + name, one, property.get("type"), faults);
            });
            for (Map.Entry<String, JsonNode> property : type.get("properties").properties())
                if (property.getValue().has("required") && !map.containsKey(property.getKey()))
                    faults.add(where + "." + property.getKey() + " is missing");
        } else if (type.has("any")) {
            for (JsonNode one : type.get("any")) {
                List<String> ofOne = new ArrayList<>();
                check(where, value, one, ofOne);
                if (ofOne.isEmpty()) return;
            }
            faults.add(where + " is none of what it may be");
        } else if (type.has("array")) {
            if (!(value instanceof Collection<?> list)) faults.add(where + " is no list");
            else list.forEach(one -> check(where + "[]", one, type.get("array"), faults));
        } else if (type.has("map")) {
            if (!(value instanceof Map<?, ?> map)) faults.add(where + " is no object");
            else map.forEach((name, one) -> check(where + "." + name, one, type.get("map"), faults));
        } else if (!isOf(type.asText(), value)) {
            faults.add(where + " is no " + type.asText());
        }
    }

    private static boolean isOf(String type, Object value) {
        return switch (type) {
            case "string" -> value instanceof String;
            case "number", "integer" -> value instanceof Number;
            case "boolean" -> value instanceof Boolean;
            case "json", "tag" -> true;
            default -> false;
        };
    }

    private static boolean isFunction(Map<?, ?> map) {
        String only = map.size() == 1 ? map.keySet().iterator().next().toString() : "";
        return only.equals("Ref") || only.startsWith("Fn::");
    }

    private static void collect(Object value, Set<String> used, Set<String> decided) {
        if (value instanceof Map<?, ?> map)
            map.forEach((key, one) -> {
                if (key.equals("Ref")) used.add(one.toString());
                if (key.equals("Fn::GetAtt")) used.add(one.toString().split("\\.")[0]);
                if (key.equals("Fn::If")) decided.add(((List<?>) one).get(0).toString());
                if (key.equals("Fn::Sub")) {
                    Matcher names = REFERENCE.matcher(one.toString());
                    while (names.find()) used.add(names.group(1));
                }
                collect(one, used, decided);
            });
        if (value instanceof Collection<?> list) list.forEach(one -> collect(one, used, decided));
    }

    private static Set<String> cronPaths() {
        Set<String> paths = new TreeSet<>();
        String root = CronResource.class.getAnnotation(jakarta.ws.rs.Path.class).value();
        for (Method method : CronResource.class.getDeclaredMethods())
            if (method.isAnnotationPresent(POST.class))
                paths.add(root + "/"
                        + method.getAnnotation(jakarta.ws.rs.Path.class).value());
        return paths;
    }

    /** Names of settings in the sources, as they are written out and as mappings have them. */
    private static Set<String> settings() throws IOException {
        Pattern written = Pattern.compile("\"([a-z]+(?:[.-][a-z0-9]+)+)\"");
        Pattern mapping = Pattern.compile("@ConfigMapping\\(prefix = \"([a-z.]+)\"\\)");
        Pattern method = Pattern.compile("(\\w+)\\(\\);");
        Set<String> names = new TreeSet<>();
        try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String source = Files.readString(file);
                written.matcher(source).results().forEach(found -> names.add(squeezed(found.group(1))));
                Matcher prefix = mapping.matcher(source);
                if (prefix.find())
                    method.matcher(source)
                            .results()
                            .forEach(found -> names.add(squeezed(prefix.group(1) + found.group(1))));
            }
        }
        return names;
    }

    private static String squeezed(String name) {
        return name.toLowerCase(java.util.Locale.ROOT).replaceAll("[^a-z0-9]", "");
    }
}
