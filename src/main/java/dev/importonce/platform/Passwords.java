package dev.importonce.platform;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * The passwords of the embedded PostgreSQL's two users, in a file that psql and other clients read ({@code PGPASSFILE};
 * PostgreSQL manual, the password file).
 *
 * @param superuser the password of {@code postgres}, for people
 * @param service the password of {@code importonce_local}, who owns the database and has no rights outside of it
 */
record Passwords(String superuser, String service) {
    static final String SUPERUSER = "postgres";
    static final String SERVICE = "importonce_local";

    private static final int BYTES = 32;
    private static final String ANYWHERE = "*:*:*:";

    static Passwords random() {
        SecureRandom random = new SecureRandom();
        return new Passwords(random(random), random(random));
    }

    private static String random(SecureRandom random) {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        // Has no character with a special meaning in the file or in SQL.
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** Reads the passwords; empty if the file does not exist, or this service has not written it. */
    static Optional<Passwords> read(Path file) throws IOException {
        if (!Files.exists(file)) return Optional.empty();
        List<String> lines = Files.readAllLines(file);
        return find(lines, SUPERUSER)
                .flatMap(superuser -> find(lines, SERVICE).map(service -> new Passwords(superuser, service)));
    }

    private static Optional<String> find(List<String> lines, String user) {
        String start = ANYWHERE + user + ":";
        return lines.stream()
                .filter(line -> line.startsWith(start))
                .map(line -> line.substring(start.length()))
                .filter(password -> !password.isBlank())
                .findFirst();
    }

    void write(Path file) throws IOException {
        PrivateFolder.write(
                file, ANYWHERE + SUPERUSER + ":" + superuser + "\n" + ANYWHERE + SERVICE + ":" + service + "\n");
    }

    /** Without the passwords. */
    @Override
    public String toString() {
        return "passwords of " + SUPERUSER + " and " + SERVICE;
    }
}
