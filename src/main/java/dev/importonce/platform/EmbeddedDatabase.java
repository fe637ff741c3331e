package dev.importonce.platform;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * The PostgreSQL of local mode: a real server for this process alone, with a permanent data folder that other users cannot
 * read.
 */
final class EmbeddedDatabase {
    private static final long APPLICATION_STOP_SECONDS = 9;

    /** Kept reachable, since the lock would be released if the channel were garbage-collected. */
    private static FileLock held;

    private final Cluster cluster;
    private final Passwords passwords;
    private final int port;
    private final CountDownLatch unused = new CountDownLatch(1);

    private EmbeddedDatabase(Cluster cluster, Passwords passwords, int port) {
        this.cluster = cluster;
        this.passwords = passwords;
        this.port = port;
    }

    /** Starts the server; creates the folder if necessary, and repairs it if an earlier version has created it. */
    static EmbeddedDatabase start(Path dataDir) {
        try {
            Path folder = dataDir.toAbsolutePath();
            boolean wasOpen = PrivateFolder.claim(folder);
            lock(folder);
            Path programs = folder.resolve("programs");
            // Another process may still have them open for writing.
            if (wasOpen) PrivateFolder.delete(programs);
            Cluster cluster = new Cluster(Programs.in(programs), folder);
            cluster.stopOrphan();
            if (wasOpen) PrivateFolder.closeContent(folder);
            Passwords passwords = cluster.prepare();
            int port = freePort();
            cluster.start(port);
            EmbeddedDatabase database = new EmbeddedDatabase(cluster, passwords, port);
            Runtime.getRuntime().addShutdownHook(new Thread(database::stopLast, "importonce-postgresql-stop"));
            return database;
        } catch (IOException | UncheckedIOException e) {
            throw new CannotStart("The embedded PostgreSQL cannot start in " + dataDir + ": " + reason(e)
                    + "; set IMPORTONCE_DATA_DIR to a folder that can be written.");
        }
    }

    /** The URL with which the service connects. */
    String jdbcUrl() {
        return "jdbc:postgresql://127.0.0.1:" + port + "/postgres";
    }

    /** Of {@link Passwords#SERVICE}. */
    String password() {
        return passwords.service();
    }

    /** Stops the server when the application does not need it any more. */
    void release() {
        unused.countDown();
    }

    private void stopLast() {
        try {
            unused.await(APPLICATION_STOP_SECONDS, TimeUnit.SECONDS);
            cluster.stop();
        } catch (IOException | InterruptedException e) {
            System.err.println("The embedded PostgreSQL did not stop: " + e.getMessage());
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            return socket.getLocalPort();
        }
    }

    /** Takes the lock, which is held until the process ends, in whatever way. */
    @SuppressWarnings("resource")
    private static void lock(Path dataDir) throws IOException {
        FileChannel channel = FileChannel.open(
                dataDir.resolve("importonce.lock"),
                Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
                PrivateFolder.ofFile());
        held = channel.tryLock();
        if (held == null)
            throw new CannotStart("Another ImportOnce is already using " + dataDir
                    + "; stop it, or set IMPORTONCE_DATA_DIR to another folder.");
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
