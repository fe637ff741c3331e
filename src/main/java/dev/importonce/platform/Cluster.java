package dev.importonce.platform;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The data folder of the embedded PostgreSQL. At every moment, the server accepts only connections with a password. */
final class Cluster {
    private static final int ORPHAN_STOP_SECONDS = 60;
    private static final int START_SECONDS = 60;
    private static final int STOP_SECONDS = 5;

    /** Written before each start, since earlier versions trusted every user of this machine. */
    private static final String ACCESS = """
            # Written by ImportOnce at each start. The passwords are in the file pgpass beside this folder.
            local all         all              scram-sha-256
            host  all         all 127.0.0.1/32 scram-sha-256
            host  all         all ::1/128      scram-sha-256
            local replication all              scram-sha-256
            host  replication all 127.0.0.1/32 scram-sha-256
            host  replication all ::1/128      scram-sha-256
            """;

    /**
     * Runs while the server does not listen. Objects that an earlier version created as a superuser get the service's user
     * as owner, who can read and write rows and change its own tables, but cannot start programs. In single-user mode each
     * line is a statement.
     */
    private static final String USERS = """
            set password_encryption = 'scram-sha-256'
            alter role postgres password '%1$s'
            do $$ begin if to_regrole('importonce_local') is null then create role importonce_local; end if; end $$
            alter role importonce_local login nosuperuser nocreatedb nocreaterole noreplication nobypassrls password '%2$s'
            alter database postgres owner to importonce_local
            do $$ declare own regrole := 'postgres'; change text; begin for change in %3$s loop execute change; end loop; end $$
            """;

    /** Sequences of a column change their owner with the table; objects of an extension stay with the extension. */
    private static final String CHANGES_OF_OWNER = """
            select format('alter table %s owner to importonce_local', c.oid::regclass)
            from pg_class c
            where c.relnamespace = 'public'::regnamespace and c.relowner = own and c.relkind in ('r', 'p', 'v', 'm', 'f', 'S')
              and not exists (
                select from pg_depend d
                where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype in ('a', 'i', 'e'))
            union all
            select format('alter routine %s owner to importonce_local', p.oid::regprocedure)
            from pg_proc p
            where p.pronamespace = 'public'::regnamespace and p.proowner = own
              and not exists (
                select from pg_depend d where d.classid = 'pg_proc'::regclass and d.objid = p.oid and d.deptype = 'e')
            union all
            select format('alter type %s owner to importonce_local', t.oid::regtype)
            from pg_type t
            where t.typnamespace = 'public'::regnamespace and t.typowner = own and t.typtype in ('d', 'e', 'r')
              and not exists (
                select from pg_depend d where d.classid = 'pg_type'::regclass and d.objid = t.oid and d.deptype = 'e')
            """;

    private final Programs programs;
    private final Path data;
    private final Path passwordFile;

    /** @param dataDir a folder that other users cannot read */
    Cluster(Programs programs, Path dataDir) {
        this.programs = programs;
        this.data = dataDir.resolve("postgresql");
        this.passwordFile = dataDir.resolve("pgpass");
    }

    /** Creates the cluster if necessary, and ensures that connections need a password. No server may be running on it. */
    Passwords prepare() throws IOException {
        if (!Files.exists(data.resolve("postgresql.conf"))) create();
        PrivateFolder.write(data.resolve("pg_hba.conf"), ACCESS);
        Optional<Passwords> known = Passwords.read(passwordFile);
        return known.isPresent() ? known.get() : setPasswords();
    }

    private void create() throws IOException {
        Files.deleteIfExists(passwordFile);
        // Created under another name until it is complete. An existing folder of that name is left from a process
        // that was killed.
        Path half = data.resolveSibling("half");
        PrivateFolder.delete(half);
        programs.run("", "initdb", "-D", half.toString(), "-U", Passwords.SUPERUSER, "-E", "UTF-8", "--auth=reject");
        Files.move(half, data, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Writes the file last: if it is missing, the next start sets the passwords again. */
    private Passwords setPasswords() throws IOException {
        Passwords passwords = Passwords.random();
        String statements =
                USERS.formatted(passwords.superuser(), passwords.service(), CHANGES_OF_OWNER.replaceAll("\\s+", " "));
        programs.run(statements, "postgres", "--single", "-c", "exit_on_error=on", "-D", data.toString(), "postgres");
        passwords.write(passwordFile);
        return passwords;
    }

    /**
     * Starts the server, only at 127.0.0.1, and returns when it accepts connections; another program on that port is not
     * mistaken for it.
     */
    void start(int port) throws IOException {
        String settings = "-c port=" + port
                + " -c listen_addresses=127.0.0.1 -c unix_socket_directories="
                + " -c fsync=on -c synchronous_commit=on -c max_connections=300 -c timezone=UTC"
                + " -c max_wal_size=2GB -c shared_buffers=256MB";
        programs.run(
                "",
                "pg_ctl",
                "-D",
                data.toString(),
                "-w",
                "-t",
                String.valueOf(START_SECONDS),
                "-o",
                settings,
                "start");
    }

    /** Stops in fast mode: open connections cannot prevent the end. */
    void stop() throws IOException {
        stop(STOP_SECONDS);
    }

    private void stop(int seconds) throws IOException {
        programs.run("", "pg_ctl", "-D", data.toString(), "-w", "-t", String.valueOf(seconds), "-m", "fast", "stop");
    }

    /**
     * Stops a server that is still running because its service was killed. This process holds the lock, so a running server
     * can only be such a one.
     */
    void stopOrphan() throws IOException {
        Path pidFile = data.resolve("postmaster.pid");
        if (!Files.exists(pidFile)) return;
        Optional<ProcessHandle> orphan = Files.readAllLines(pidFile).stream()
                .findFirst()
                .flatMap(line -> ProcessHandle.of(Long.parseLong(line.trim())))
                .filter(process -> process.info().command().orElse("").contains("postgres"));
        if (orphan.isEmpty()) return;
        stop(ORPHAN_STOP_SECONDS);
        try {
            orphan.get().onExit().get(ORPHAN_STOP_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException | ExecutionException e) {
            throw new CannotStart("The PostgreSQL of an earlier run (process "
                    + orphan.get().pid() + ") does not stop; end it, then start again.");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
