package dev.importonce.platform;

import dev.importonce.fixture.Service;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A server of the oldest PostgreSQL from 15 on that is installed as Debian's packages are; its files go with the process. */
final class InstalledPostgres {
    private static final Path PACKAGES = Path.of("/usr/lib/postgresql");
    private static final int OLDEST = 15;

    private InstalledPostgres() {}

    /** JDBC URL of its superuser; empty where none is installed. */
    static Optional<String> start() {
        return programs().map(InstalledPostgres::start);
    }

    private static Optional<Path> programs() {
        File[] versions = PACKAGES.toFile().listFiles((folder, name) -> name.matches("[0-9]+"));
        return Stream.of(versions == null ? new File[0] : versions)
                .filter(version -> Integer.parseInt(version.getName()) >= OLDEST)
                .filter(version -> new File(version, "bin/initdb").canExecute())
                .min(Comparator.comparing(version -> Integer.parseInt(version.getName())))
                .map(version -> version.toPath().resolve("bin"));
    }

    private static String start(Path programs) {
        try {
            int port = Service.freePort();
            Path folder = Files.createTempDirectory("importonce-postgresql");
            Path data = folder.resolve("data");
            Files.createDirectory(data);
            if (isRoot()) run(List.of("chown", "-R", "postgres", folder.toString()));
            run(asServer(
                    programs.resolve("initdb").toString(), "-D", data.toString(), "-U", "postgres", "-A", "trust"));
            String options =
                    "-p " + port + " -k " + folder + " -c listen_addresses=127.0.0.1 -c fsync=off -c wal_level=logical";
            Path log = data.resolve("log");
            String control = programs.resolve("pg_ctl").toString();
            run(asServer(control, "-D", data.toString(), "-w", "-o", options, "-l", log.toString(), "start"));
            Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(control, data, folder), "postgresql-stop"));
            return "jdbc:postgresql://127.0.0.1:" + port + "/postgres?user=postgres";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void stop(String control, Path data, Path folder) {
        run(asServer(control, "-D", data.toString(), "-m", "immediate", "stop"));
        run(List.of("rm", "-rf", folder.toString()));
    }

    /** It refuses to run as root. */
    private static List<String> asServer(String... command) {
        List<String> words = new ArrayList<>();
        if (isRoot()) words.addAll(List.of("setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups"));
        words.addAll(List.of(command));
        return words;
    }

    private static boolean isRoot() {
        return "root".equals(System.getProperty("user.name"));
    }

    private static void run(List<String> command) {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (process.waitFor() != 0) throw new IllegalStateException("failed: " + command);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
