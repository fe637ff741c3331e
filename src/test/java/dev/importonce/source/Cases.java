package dev.importonce.source;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;

/** Files as people have them, under {@code src/test/resources/cases}: made for this project, one kind of oddity each. */
public final class Cases {
    private Cases() {}

    /** The bytes of one, by its name. */
    public static byte[] file(String name) {
        try (InputStream in = Cases.class.getResourceAsStream("/cases/" + name)) {
            return Objects.requireNonNull(in, name).readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
