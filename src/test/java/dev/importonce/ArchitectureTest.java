package dev.importonce;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The rooms and the arrows between them. */
class ArchitectureTest {
    private static final String ROOT = "dev.importonce.";

    /** Package to the packages that it may use; platform may use all. */
    private static final Map<String, Set<String>> ARROWS = Map.ofEntries(
            Map.entry("postgres", Set.of()),
            Map.entry("thread", Set.of("postgres")),
            Map.entry("problem", Set.of("postgres", "thread")),
            Map.entry("paging", Set.of("problem")),
            Map.entry("queue", Set.of("postgres", "thread")),
            Map.entry("cleanup", Set.of()),
            Map.entry("key", Set.of()),
            Map.entry("identity", Set.of("postgres", "problem")),
            Map.entry("traffic", Set.of("identity", "problem")),
            Map.entry("source", Set.of("source.detect", "postgres", "problem", "key", "identity")),
            Map.entry("source.detect", Set.of()),
            Map.entry("load", Set.of("source", "postgres", "key")),
            Map.entry(
                    "job",
                    Set.of("load", "source", "queue", "cleanup", "key", "identity", "postgres", "problem", "paging")),
            Map.entry("contact", Set.of("load", "cleanup", "identity", "postgres", "problem", "paging")),
            Map.entry("integrity", Set.of("cleanup", "queue", "identity", "postgres", "problem")),
            Map.entry("send", Set.of("load", "queue", "key", "identity", "postgres", "problem", "paging")),
            Map.entry("chat", Set.of("load", "cleanup", "key", "identity", "postgres", "problem", "paging")),
            Map.entry(
                    "platform",
                    Set.of(
                            "job",
                            "send",
                            "chat",
                            "contact",
                            "integrity",
                            "cleanup",
                            "load",
                            "source",
                            "queue",
                            "thread",
                            "traffic",
                            "key",
                            "identity",
                            "postgres",
                            "problem",
                            "paging")));

    private static final Path SOURCES = Path.of("src/main/java");
    private static final Pattern WHOLE_INSERT = Pattern.compile("insert into (\\w+)[^\"]*", Pattern.CASE_INSENSITIVE);

    /** Tables where finding first and inserting then would be a race. */
    private static final Set<String> NATURAL_KEYS = Set.of(
            "sources",
            "migration_jobs",
            "idempotency_keys",
            "contacts",
            "uploads",
            "import_rejects",
            "send_queue",
            "sent_messages",
            "send_rates",
            "chats");

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.importonce");

    @Test
    void every_arrow_between_packages_is_in_the_table() {
        Set<String> undrawn = new TreeSet<>();
        for (JavaClass from : CLASSES)
            for (Dependency dependency : from.getDirectDependenciesFromSelf()) {
                JavaClass to = dependency.getTargetClass();
                if (!to.getPackageName().startsWith(ROOT) || room(from).equals(room(to))) continue;
                if (!ARROWS.getOrDefault(room(from), Set.of()).contains(room(to)))
                    undrawn.add(room(from) + " -> " + room(to));
            }
        assertEquals(Set.of(), undrawn);
    }

    @Test
    void every_package_has_a_row_in_the_table() {
        Set<String> rooms = new TreeSet<>();
        CLASSES.forEach(type -> rooms.add(room(type)));
        assertEquals(new TreeSet<>(ARROWS.keySet()), rooms);
    }

    @Test
    void only_postgres_touches_the_database_drivers() {
        noClasses()
                .that()
                .resideOutsideOfPackage("..postgres..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.sql..", "javax.sql..", "org.postgresql..")
                .check(CLASSES);
    }

    @Test
    void http_stays_in_resources_problem_and_identity() {
        noClasses()
                .that()
                .resideOutsideOfPackages("..problem..", "..identity..", "..traffic..")
                .and()
                .haveSimpleNameNotEndingWith("Resource")
                .and()
                .haveSimpleNameNotEndingWith("Function")
                .and()
                .haveSimpleNameNotEndingWith("Answer")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("jakarta.ws.rs..")
                .check(CLASSES);
    }

    @Test
    void resources_are_not_transactional() {
        noClasses()
                .that()
                .haveSimpleNameEndingWith("Resource")
                .or()
                .haveSimpleNameEndingWith("Function")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("jakarta.transaction..")
                .check(CLASSES);
    }

    @Test
    void collaborators_arrive_through_the_constructor() {
        fields().should().notBeAnnotatedWith(Inject.class).check(CLASSES);
    }

    @Test
    void names_say_what_a_class_is_for() {
        noClasses()
                .should()
                .haveNameMatching(".*(Impl|Manager|Util|Utils|Helper|Service|Dto)$")
                .check(CLASSES);
    }

    @Test
    void nobody_reads_the_clock_by_itself() {
        noClasses().should().callMethod(java.time.Instant.class, "now").check(CLASSES);
    }

    @Test
    void every_insert_into_a_table_with_a_natural_key_says_what_happens_on_conflict() throws IOException {
        int seen = 0;
        List<String> without = new ArrayList<>();
        for (Path file : javaFiles())
            for (String statement : Files.readString(file).split("\"\"\"|(?<!\\\\)\"(?!\")")) {
                // Each insert up to the next, if there is one.
                for (String part : statement.toLowerCase(java.util.Locale.ROOT).split("(?=insert into )")) {
                    var insert = WHOLE_INSERT.matcher(part);
                    if (!insert.lookingAt() || !NATURAL_KEYS.contains(insert.group(1))) continue;
                    seen++;
                    if (!part.contains("on conflict")) without.add(file.getFileName() + ": " + insert.group(1));
                }
            }
        assertTrue(seen >= NATURAL_KEYS.size(), "the statements were not found: " + seen);
        // Refused, it is taken back and repeated as one that does.
        assertEquals(List.of("ContactTarget.java: contacts"), without);
    }

    @Test
    void no_file_is_longer_than_300_lines() throws IOException {
        List<Path> files = javaFiles();
        assertFalse(files.isEmpty());
        for (Path file : files) assertTrue(Files.readAllLines(file).size() <= 300, file::toString);
    }

    /** A test that takes beans in its constructor lives in the application's own process: those alone are left out. */
    @Test
    void every_test_over_http_is_asked_of_the_packaged_application_too() {
        JavaClasses tests = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.ONLY_INCLUDE_TESTS)
                .importPackages("dev.importonce");
        List<JavaClass> overHttp = tests.stream()
                .filter(type -> type.getSimpleName().endsWith("ApiTest"))
                .filter(type -> type.getConstructors().stream()
                        .allMatch(constructor ->
                                constructor.getRawParameterTypes().isEmpty()))
                .toList();
        assertFalse(overHttp.isEmpty());
        for (JavaClass test : overHttp)
            assertTrue(tests.contain(test.getName().replaceAll("Test$", "IT")), test::getName);
    }

    private static List<Path> javaFiles() throws IOException {
        try (Stream<Path> files = Files.walk(SOURCES)) {
            return files.filter(file -> file.toString().endsWith(".java")).toList();
        }
    }

    private static String room(JavaClass type) {
        return type.getPackageName().substring(ROOT.length());
    }
}
