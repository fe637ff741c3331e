package dev.importonce.platform;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/** Programs on Node with packages from npm, installed once into target/npm. What needs it is skipped, loudly, where there is none. */
public final class Node {
    private static final Path FOLDER = Path.of("target/npm").toAbsolutePath();
    private static final Path PACKAGES = Path.of("src/test/js/package.json");
    private static final long PATIENCE_SECONDS = 240;

    private Node() {}

    /** The folder with the packages of src/test/js and its scripts; ends the test where Node or the packages cannot be had. */
    public static synchronized Path folder() {
        try {
            Files.createDirectories(FOLDER);
            Path installed = FOLDER.resolve("package.json");
            boolean fresh = Files.exists(FOLDER.resolve("node_modules/.package-lock.json"))
                    && Files.exists(installed)
                    && Files.mismatch(PACKAGES, installed) < 0;
            if (!fresh) {
                Files.copy(PACKAGES, installed, StandardCopyOption.REPLACE_EXISTING);
                Ended install = run(Map.of(), "npm", "install", "--no-audit", "--no-fund", "--loglevel=error");
                if (install.code() != 0) skip("npm install failed: " + install.output());
            }
            try (var scripts = Files.list(PACKAGES.getParent())) {
                for (Path script : scripts.toList())
                    Files.copy(script, FOLDER.resolve(script.getFileName()), StandardCopyOption.REPLACE_EXISTING);
            }
            return FOLDER;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A program of a package that is there for some machines only; ends the test where it is not. */
    static String program(String name) {
        Path program = folder().resolve("node_modules/.bin").resolve(name);
        if (!Files.exists(program)) skip("npm has no " + name + " for this machine");
        return program.toString();
    }

    /** Runs a program in the folder to its end. */
    public static Ended run(Map<String, String> environment, String... command) {
        try {
            Path output = Files.createTempFile("importonce-node", ".log");
            Process process = start(environment, output, command);
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS))
                process.destroyForcibly().waitFor();
            String text = Files.readString(output, StandardCharsets.UTF_8);
            Files.delete(output);
            return new Ended(process.exitValue(), text);
        } catch (IOException e) {
            skip("there is no " + command[0] + " here (Debian: apt-get install nodejs npm)");
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    static Process start(Map<String, String> environment, Path output, String... command) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(new ArrayList<>(List.of(command)))
                .directory(FOLDER.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().putAll(environment);
        return builder.start();
    }

    static void skip(String reason) {
        System.err.println("NOT TESTED: real clients on Node; " + reason);
        Assumptions.abort(reason);
    }

    /** @param output of both kinds */
    public record Ended(int code, String output) {}
}
