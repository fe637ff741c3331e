package dev.importonce.platform;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/**
 * A program that has run to its end.
 *
 * @param output of both kinds
 */
record Ended(int code, String output) {
    private static final long PATIENCE_MINUTES = 15;

    /** Runs it with these variables beside its own; the test is skipped, loudly, where it is not installed. */
    static Ended of(Map<String, String> environment, String... command) {
        try {
            Path output = Files.createTempFile("importonce", ".log");
            ProcessBuilder builder = new ProcessBuilder(List.of(command))
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile());
            builder.environment().putAll(environment);
            Process process;
            try {
                process = builder.start();
            } catch (IOException e) {
                skip("there is no " + command[0] + " here");
                throw e;
            }
            if (!process.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES)) process.destroyForcibly();
            int code = process.waitFor();
            String text = Files.readString(output, StandardCharsets.UTF_8);
            Files.delete(output);
            return new Ended(code, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    static void skip(String reason) {
        System.err.println("NOT TESTED: " + reason);
        Assumptions.abort(reason);
    }
}
