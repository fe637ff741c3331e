package dev.importonce.platform;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The PostgreSQL of local mode: a real one, on a folder that it keeps, for this process alone. */
final class EmbeddedDatabase {
    private static final Duration STARTUP = Duration.ofSeconds(60);
    private static final Duration APPLICATION_STOP = Duration.ofSeconds(9);
    private static final Duration ORPHAN_STOP = Duration.ofSeconds(60);

    /** Kept reachable: collecting the channel would give the lock up. */
    private static FileLock held;

    private final EmbeddedPostgres postgres;
    private final CountDownLatch unused = new CountDownLatch(1);

    private EmbeddedDatabase(EmbeddedPostgres postgres) {
        this.postgres = postgres;
    }

    /** Starts it, with the folder made if need be. */
    static EmbeddedDatabase start(Path dataDir) {
        Path data = dataDir.resolve("postgresql").toAbsolutePath();
        try {
            Files.createDirectories(dataDir);
            lock(dataDir);
            stopOrphan(data);
            EmbeddedPostgres postgres = EmbeddedPostgres.builder()
                    .setDataDirectory(data)
                    .setCleanDataDirectory(false)
                    // Its own hook would stop the server before the workers have given back what they hold.
                    .setRegisterShutdownHook(false)
                    .setPGStartupWait(STARTUP)
                    // The library's defaults are for throw-away test databases: this one keeps what it acknowledged.
                    .setServerConfig("fsync", "on")
                    .setServerConfig("synchronous_commit", "on")
                    .setServerConfig("listen_addresses", "127.0.0.1,::1")
                    .setServerConfig("max_wal_size", "2GB")
                    .setServerConfig("shared_buffers", "256MB")
                    .start();
            EmbeddedDatabase database = new EmbeddedDatabase(postgres);
            Runtime.getRuntime().addShutdownHook(new Thread(database::stopLast, "importonce-postgresql-stop"));
            return database;
        } catch (IOException | UncheckedIOException | IllegalStateException e) {
            throw new CannotStart("The embedded PostgreSQL cannot start in " + dataDir + ": " + reason(e)
                    + "; set IMPORTONCE_DATA_DIR to a folder that can be written.");
        }
    }

    /** Address with the database's user. */
    String jdbcUrl() {
        return "jdbc:postgresql://127.0.0.1:" + postgres.getPort() + "/postgres";
    }

    /** The application no longer needs it. */
    void release() {
        unused.countDown();
    }

    private void stopLast() {
        try {
            unused.await(APPLICATION_STOP.toSeconds(), TimeUnit.SECONDS);
            postgres.close();
        } catch (IOException | InterruptedException e) {
            System.err.println("The embedded PostgreSQL did not stop: " + e.getMessage());
        }
    }

    /** Held until the process ends, however it ends. */
    @SuppressWarnings("resource")
    private static void lock(Path dataDir) throws IOException {
        FileChannel channel = FileChannel.open(
                dataDir.resolve("importonce.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        held = channel.tryLock();
        if (held == null)
            throw new CannotStart("Another ImportOnce is already using " + dataDir
                    + "; stop it, or set IMPORTONCE_DATA_DIR to another folder.");
    }

    /** A server whose service was killed goes on running. We hold the lock, so it can only be such a one. */
    private static void stopOrphan(Path data) throws IOException {
        Path pidFile = data.resolve("postmaster.pid");
        if (!Files.exists(pidFile)) return;
        Optional<ProcessHandle> orphan = Files.readAllLines(pidFile).stream()
                .findFirst()
                .flatMap(line -> ProcessHandle.of(Long.parseLong(line.trim())))
                .filter(process -> process.info().command().orElse("").contains("postgres"));
        if (orphan.isEmpty()) return;
        orphan.get().destroy();
        try {
            orphan.get().onExit().get(ORPHAN_STOP.toSeconds(), TimeUnit.SECONDS);
        } catch (TimeoutException | ExecutionException e) {
            throw new CannotStart("The PostgreSQL of an earlier run (process "
                    + orphan.get().pid() + ") does not stop; end it, then start again.");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String reason(Exception e) {
        return e instanceof java.nio.file.AccessDeniedException denied
                ? denied.getFile() + " may not be written"
                : e instanceof java.nio.file.FileSystemException file
                        ? file.getFile() + " "
                                + Optional.ofNullable(file.getReason()).orElse("cannot be used")
                        : e.getMessage();
    }
}
