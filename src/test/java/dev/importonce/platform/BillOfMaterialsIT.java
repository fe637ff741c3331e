package dev.importonce.platform;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.importonce.fixture.Service;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What is handed to a scanner of known vulnerabilities is what runs. */
class BillOfMaterialsIT {
    private static final Path BILL = Path.of("target/bom.json");
    private static final Path APPLICATION = Path.of("target/quarkus-app");

    /** Made by the build itself. */
    private static final Set<String> OURS =
            Set.of("quarkus-run.jar", "generated-bytecode.jar", "transformed-bytecode.jar");

    /** The build takes a class out of it that needs what is not there. */
    private static final Set<String> REWRITTEN = Set.of("io.opentelemetry.opentelemetry-exporter-otlp");

    /** Of several that a component offers, one of these is enough. */
    private static final Set<String> ACCEPTED = Set.of(
            "0BSD",
            "Apache-2.0",
            "BSD-2-Clause",
            "BSD-3-Clause",
            "CC0-1.0",
            "EPL-1.0",
            "EPL-2.0",
            // BSD-3-Clause by another name (golang.org/LICENSE)
            "Go License",
            "MIT",
            "MIT-0",
            "Mozilla Public License Version 1.1",
            "Public Domain",
            "Unicode-3.0",
            "UPL-1.0");

    private static JsonNode bill;

    @BeforeAll
    static void read() throws IOException {
        assumeFalse(Service.isNative(), "a native binary has no jars");
        bill = new ObjectMapper().readTree(BILL.toFile());
    }

    @Test
    void it_is_of_the_format_and_of_this_application() {
        assertEquals("CycloneDX", bill.path("bomFormat").asText());
        assertEquals(
                "importonce",
                bill.path("metadata").path("component").path("name").asText());
        assertFalse(bill.path("dependencies").isEmpty());
    }

    @Test
    void each_jar_that_runs_is_in_it_byte_for_byte() throws IOException {
        Map<String, JsonNode> listed = new HashMap<>();
        for (JsonNode component : components()) listed.put(file(component), component);
        Set<String> different = new TreeSet<>();
        for (Path jar : jars()) {
            JsonNode component = listed.get(jar.getFileName().toString());
            if (component == null) different.add(jar + " is not listed");
            else if (!REWRITTEN.contains(module(component))
                    && !sha256(component).equals(sha256(jar))) different.add(jar + " is another");
        }

        assertEquals(Set.of(), different);
    }

    @Test
    void each_has_one_released_version_and_an_address_for_scanners() {
        Map<String, Set<String>> versions = new TreeMap<>();
        for (JsonNode component : components()) {
            String version = component.path("version").asText();
            versions.computeIfAbsent(module(component), m -> new TreeSet<>()).add(version);
            assertTrue(
                    component
                            .path("purl")
                            .asText()
                            .startsWith("pkg:maven/%s/%s@%s"
                                    .formatted(
                                            component.path("group").asText(),
                                            component.path("name").asText(),
                                            version)),
                    component::toString);
        }
        versions.values().removeIf(of -> of.size() == 1 && !of.iterator().next().contains("SNAPSHOT"));

        assertEquals(Map.of(), versions);
    }

    @Test
    void each_may_be_used_by_a_licence_that_binds_nobody_elses_code() {
        Map<String, Set<String>> unacceptable = new TreeMap<>();
        for (JsonNode component : components()) {
            Set<String> offered = new TreeSet<>();
            for (JsonNode entry : component.path("licenses")) {
                JsonNode licence = entry.path("license");
                offered.add(licence.path("id").asText(licence.path("name").asText()));
            }
            if (offered.stream().noneMatch(ACCEPTED::contains)) unacceptable.put(module(component), offered);
        }

        assertEquals(Map.of(), unacceptable);
    }

    private static List<JsonNode> components() {
        List<JsonNode> components = new ArrayList<>();
        bill.path("components").forEach(components::add);
        assertTrue(components.size() > 100, "components: " + components.size());
        return components;
    }

    private static String module(JsonNode component) {
        return component.path("group").asText() + "." + component.path("name").asText();
    }

    /** As the build names it. */
    private static String file(JsonNode component) {
        return module(component) + "-" + component.path("version").asText() + ".jar";
    }

    private static List<Path> jars() throws IOException {
        try (Stream<Path> files = Files.walk(APPLICATION)) {
            List<Path> jars = files.filter(file -> file.toString().endsWith(".jar"))
                    .filter(file -> !OURS.contains(file.getFileName().toString()))
                    .filter(file -> !file.getParent().endsWith("app"))
                    .toList();
            assertTrue(jars.size() > 100, "jars: " + jars.size());
            return jars;
        }
    }

    private static String sha256(JsonNode component) {
        for (JsonNode hash : component.path("hashes"))
            if (hash.path("alg").asText().equals("SHA-256"))
                return hash.path("content").asText();
        return "";
    }

    private static String sha256(Path file) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
            return HexFormat.of().formatHex(hash);
        } catch (IOException | NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
