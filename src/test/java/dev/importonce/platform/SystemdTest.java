package dev.importonce.platform;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.importonce.fixture.Ended;
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
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** systemd takes the units as they are, and finds them well locked up. */
class SystemdTest {
    private static final Path UNITS = Path.of("deploy/systemd");
    private static final Path INSTALLED = Path.of("/lib/systemd/system");
    private static final Pattern ENABLED = Pattern.compile("importonce-cron@([a-z-]+)\\.timer");

    /** Of 10; systemd calls up to 2 well. */
    private static final double EXPOSURE = 2;

    @TempDir
    static Path root;

    @BeforeAll
    static void install() throws IOException {
        if (!Files.isDirectory(INSTALLED))
            Ended.skip("the units; there is no systemd here (Debian: apt-get install systemd)");
        Path targets = Files.createDirectories(root.resolve("lib/systemd/system"));
        try (Stream<Path> installed = Files.list(INSTALLED)) {
            for (Path unit : installed.toList())
                if (unit.toString().endsWith(".target") && Files.isRegularFile(unit))
                    Files.copy(unit, targets.resolve(unit.getFileName()));
        }
        copy(UNITS, root.resolve("etc/systemd/system"));
        for (String program : List.of("opt/importonce/importonce", "opt/java/bin/java", "usr/bin/curl")) {
            Path file = root.resolve(program);
            Files.createDirectories(file.getParent());
            Files.writeString(file, "#!/bin/sh\n");
            assertTrue(file.toFile().setExecutable(true));
        }
    }

    @Test
    void systemd_has_nothing_to_say_against_them() throws IOException {
        for (boolean jvm : new boolean[] {true, false}) {
            if (!jvm) deleteDropIns();
            for (String unit : units()) {
                Ended verified = Ended.of(
                        Map.of(),
                        "systemd-analyze",
                        "verify",
                        "--man=no",
                        "--root=" + root,
                        root.resolve("etc/systemd/system").resolve(unit).toString());
                assertEquals("", verified.output());
                assertEquals(0, verified.code(), unit);
            }
            for (String unit : units())
                if (unit.endsWith(".service")) {
                    Ended exposure = Ended.of(
                            Map.of(),
                            "systemd-analyze",
                            "security",
                            "--no-pager",
                            "--offline=yes",
                            "--root=" + root,
                            "--threshold=" + (int) (EXPOSURE * 10),
                            unit);
                    assertEquals(0, exposure.code(), exposure.output());
                }
        }
        if (Files.exists(UNITS)) copy(UNITS, root.resolve("etc/systemd/system"));
    }

    @Test
    void timers_are_there_for_all_that_is_to_be_called() {
        Set<String> enabled = new TreeSet<>();
        Matcher named = ENABLED.matcher(Manifests.text(UNITS.resolve("README.md")));
        while (named.find()) enabled.add("/api/cron/" + named.group(1));
        assertEquals(CronEndpoints.paths(), enabled);
        assertTrue(Manifests.text(UNITS.resolve("importonce-cron@.service"))
                .contains("http://127.0.0.1:8080/api/cron/%i?"));
    }

    @Test
    void commands_are_ones_that_there_are() {
        List<Command> commands = new ArrayList<>();
        for (Path file : Manifests.files("systemd", ""))
            Manifests.text(file)
                    .lines()
                    .filter(line -> line.matches("ExecStart=/opt/.+"))
                    .forEach(line -> commands.add(Command.of(Stream.of(line.split(" "))
                            .skip(1)
                            .filter(word -> !word.startsWith("@"))
                            .toList())));
        assertEquals(4, commands.size());
        assertEquals(Set.of(Command.SERVE, Command.MIGRATE), Set.copyOf(commands));
    }

    @Test
    void the_service_has_the_time_to_give_back_what_it_holds() {
        Matcher stop = Pattern.compile("(?m)^TimeoutStopSec=(\\d+)$")
                .matcher(Manifests.text(UNITS.resolve("importonce.service")));
        assertTrue(stop.find());
        assertTrue(Integer.parseInt(stop.group(1)) >= 15);
    }

    private static List<String> units() {
        List<String> units = new ArrayList<>(List.of("importonce.service", "importonce-migrate.service"));
        for (String path : CronEndpoints.paths()) {
            String instance = "importonce-cron@" + path.substring(path.lastIndexOf('/') + 1);
            units.addAll(List.of(instance + ".service", instance + ".timer"));
        }
        return units;
    }

    private static void deleteDropIns() throws IOException {
        for (String unit : List.of("importonce.service", "importonce-migrate.service"))
            Files.delete(root.resolve("etc/systemd/system").resolve(unit + ".d").resolve("jvm.conf"));
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Path target = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) Files.createDirectories(target);
                else if (Files.isRegularFile(file))
                    Files.copy(file, target, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }
}
