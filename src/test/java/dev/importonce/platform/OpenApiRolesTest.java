package dev.importonce.platform;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.JsonNode;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.importonce.identity.Role;
import jakarta.annotation.security.RolesAllowed;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.junit.jupiter.api.Test;

/** The description of the API says of each call which roles may make it, as its endpoint does. */
class OpenApiRolesTest {
    @Test
    void every_call_names_the_roles_that_its_endpoint_allows() {
        Map<String, Set<String>> described = new TreeMap<>();
        for (JsonNode path : Manifests.yaml(Path.of("src/docs/openapi.yaml")).get("paths"))
            for (JsonNode call : path) {
                Set<String> requirements = new TreeSet<>();
                call.required("security").forEach(requirement -> requirements.add(requirement.toString()));
                described.put(call.get("operationId").asText(), requirements);
            }
        assertFalse(described.isEmpty());
        assertEquals(allowed(), described);
    }

    /** By operation id. */
    private static Map<String, Set<String>> allowed() {
        return new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests()).importPackages("dev.importonce").stream()
                        .flatMap(type -> type.getMethods().stream())
                        .filter(method -> method.isAnnotatedWith(Operation.class)
                                && !operation(method).hidden())
                        .collect(Collectors.toMap(
                                method -> operation(method).operationId(), OpenApiRolesTest::requirements));
    }

    private static Operation operation(JavaMethod endpoint) {
        return endpoint.getAnnotationOfType(Operation.class);
    }

    /** One of the roles is enough: each is a requirement of its own. */
    private static Set<String> requirements(JavaMethod endpoint) {
        return endpoint.tryGetAnnotationOfType(RolesAllowed.class)
                .or(() -> endpoint.getOwner().tryGetAnnotationOfType(RolesAllowed.class))
                .map(roles -> Stream.of(roles.value()))
                .orElse(Stream.of())
                .map(role -> "{\"%s\":[\"%s\"]}".formatted(role.equals(Role.CRON) ? "cronSecret" : "bearerAuth", role))
                .collect(Collectors.toSet());
    }
}
