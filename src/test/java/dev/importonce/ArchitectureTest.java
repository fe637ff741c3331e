package dev.importonce;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.platform.commons.annotation.Testable;

/** The rooms and the arrows between them. */
class ArchitectureTest {
    private static final String ROOT = "dev.importonce.";
    private static final String TOP = "platform";

    /** Each package, and the packages that it may use: only such as stand above it, so there is no circle. Platform may use all. */
    private static final Map<String, Set<String>> ARROWS = arrows("""
            postgres
            key
            cleanup
            words
            thread         postgres
            problem        postgres thread words
            json           problem key words
            http           problem json words
            paging         problem words
            queue          postgres thread
            platform.startup
            identity       postgres problem words
            traffic        identity problem words
            webhook        postgres problem json http key identity paging queue words
            source.format  problem key words
            source.detect  problem source.format words
            source.block   postgres problem key source.format words
            source.csv     problem source.format source.detect source.block words
            source.table   problem source.format source.detect source.block words
            source.tree    problem source.format source.block source.table words
            source.xlsx    problem source.format source.detect source.block source.table words
            source.remote  identity problem words
            source         postgres problem json http key identity source.* words
            source.upload  postgres problem json http key identity source.block source words
            target.type    key words
            target.declare postgres problem json key identity target.type words
            target.merge   postgres key target.type target.declare words
            integrity      postgres problem json identity queue cleanup
            target         problem json identity integrity target.* words
            job            postgres
            job.mapping    postgres problem json key identity target.* source.format source.block words
            job.chunk      postgres problem json queue target.* source.format source.block job job.mapping words
            job.undo       postgres queue target.* job job.mapping job.chunk words
            job.reject     postgres target.* job.mapping words
            job.submit     postgres problem json http key identity queue cleanup target.* source source.* job job.mapping job.chunk words
            job.preview    postgres problem key identity target.* source source.* job job.mapping job.chunk job.submit words
            job.view       postgres problem json identity paging target.* source.format job.* job webhook words
            contact        postgres problem json identity paging cleanup target.* words
            send           postgres problem json http key identity paging queue target.* webhook words
            chat           postgres problem json key identity paging cleanup target.* words
            """);

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
            "import_refusals",
            "import_targets",
            "remembered_mappings",
            "send_queue",
            "sent_messages",
            "send_rates",
            "webhook_events",
            "chats");

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.importonce");

    private static final JavaClasses TESTS = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.ONLY_INCLUDE_TESTS)
            .importPackages("dev.importonce");

    @Test
    void every_arrow_between_packages_is_in_the_table() {
        Set<String> undrawn = new TreeSet<>();
        for (JavaClass from : CLASSES)
            for (Dependency dependency : from.getDirectDependenciesFromSelf()) {
                JavaClass to = dependency.getTargetClass();
                if (!to.getPackageName().startsWith(ROOT) || room(from).equals(room(to))) continue;
                if (!room(from).equals(TOP) && !ARROWS.get(room(from)).contains(room(to)))
                    undrawn.add(room(from) + " -> " + room(to));
            }
        assertEquals(Set.of(), undrawn);
    }

    @Test
    void every_package_has_a_row_in_the_table() {
        Set<String> rooms = new TreeSet<>(Set.of(TOP));
        CLASSES.forEach(type -> rooms.add(room(type)));
        Set<String> rows = new TreeSet<>(ARROWS.keySet());
        rows.add(TOP);
        assertEquals(rows, rooms);
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
                .haveSimpleNameNotEndingWith("Parameters")
                .and()
                .haveSimpleNameNotEndingWith("Answer")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("jakarta.ws.rs..")
                .check(CLASSES);
    }

    @Test
    void every_resource_says_who_may_call_it() {
        classes()
                .that()
                .areAnnotatedWith(jakarta.ws.rs.Path.class)
                .should()
                .beAnnotatedWith(RolesAllowed.class)
                .orShould()
                .beAnnotatedWith(PermitAll.class)
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
    void every_insert_with_a_natural_key_has_an_on_conflict_clause() throws IOException {
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
        assertEquals(List.of(), without);
    }

    @Test
    void no_file_is_longer_than_300_lines() throws IOException {
        List<Path> files = javaFiles();
        assertFalse(files.isEmpty());
        for (Path file : files) assertTrue(Files.readAllLines(file).size() <= 300, file::toString);
    }

    /** {@code @Testable} stands on every annotation that makes a method a test, of JUnit and of jqwik. */
    @Test
    void test_names_stay_below_60_characters() {
        methods()
                .that()
                .areMetaAnnotatedWith(Testable.class)
                .should()
                .haveNameMatching(".{1,59}")
                .check(TESTS);
    }

    /** A test that takes beans in its constructor lives in the application's own process: those alone are left out. */
    @Test
    void every_test_over_http_also_runs_on_the_packaged_application() {
        List<JavaClass> overHttp = TESTS.stream()
                .filter(type -> type.getSimpleName().endsWith("ApiTest"))
                .filter(type -> type.getConstructors().stream()
                        .allMatch(constructor ->
                                constructor.getRawParameterTypes().isEmpty()))
                .toList();
        assertFalse(overHttp.isEmpty());
        for (JavaClass test : overHttp)
            assertTrue(TESTS.contain(test.getName().replaceAll("Test$", "IT")), test::getName);
    }

    private static List<Path> javaFiles() throws IOException {
        try (Stream<Path> files = Files.walk(SOURCES)) {
            return files.filter(file -> file.toString().endsWith(".java")).toList();
        }
    }

    private static Map<String, Set<String>> arrows(String table) {
        Map<String, Set<String>> arrows = new LinkedHashMap<>();
        for (String row : table.lines().toList()) {
            List<String> words = List.of(row.split(" +"));
            Set<String> to = new TreeSet<>();
            for (String word : words.subList(1, words.size()))
                if (word.endsWith(".*"))
                    arrows.keySet().stream().filter(room -> room.matches(word)).forEach(to::add);
                else if (arrows.containsKey(word)) to.add(word);
                else throw new IllegalArgumentException(words.get(0) + " may not use what stands below it: " + word);
            arrows.put(words.get(0), to);
        }
        return arrows;
    }

    private static String room(JavaClass type) {
        return type.getPackageName().substring(ROOT.length());
    }
}
