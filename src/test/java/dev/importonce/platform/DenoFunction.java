package dev.importonce.platform;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The Edge Function on Deno, which is what Supabase runs it on, allowed no more than it needs. */
public final class DenoFunction implements AutoCloseable {
    private static final Path FUNCTION =
            Path.of("supabase-compat/functions/migrations-run/index.ts").toAbsolutePath();
    private static final Pattern LISTENING = Pattern.compile("Listening on (http://127\\.0\\.0\\.1:[0-9]+)/");
    private static final long PATIENCE_SECONDS = 60;

    private final Process process;
    private final String base;

    private DenoFunction(Process process, String base) {
        this.process = process;
        this.base = base;
    }

    /** Starts it for the service at that address, its types checked; ends the test where there is no Deno. */
    public static DenoFunction inFrontOf(String service) {
        String deno = Node.program("deno");
        try {
            Path output = Files.createTempFile("importonce-deno", ".log");
            Map<String, String> environment = Map.of(
                    "IMPORTONCE_URL",
                    service,
                    "DENO_SERVE_ADDRESS",
                    "tcp:127.0.0.1:0",
                    "DENO_NO_UPDATE_CHECK",
                    "1",
                    "NO_COLOR",
                    "1");
            Process process = Node.start(
                    environment,
                    output,
                    deno,
                    "run",
                    "--check",
                    "--no-prompt",
                    "--no-config",
                    "--allow-net=127.0.0.1",
                    "--allow-env=IMPORTONCE_URL",
                    FUNCTION.toString());
            return new DenoFunction(process, listening(process, output));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where it listens; every path leads to it. */
    public String base() {
        return base;
    }

    @Override
    public void close() {
        process.destroy();
    }

    private static String listening(Process process, Path output) throws IOException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (true) {
            String printed = Files.readString(output);
            Matcher address = LISTENING.matcher(printed);
            if (address.find()) return address.group(1);
            if (!process.isAlive() || System.nanoTime() > deadline) throw new IllegalStateException("Deno: " + printed);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
    }
}
