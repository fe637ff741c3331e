package dev.importonce.platform;

import dev.importonce.key.Sha256;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/**
 * PostgreSQL's programs, unpacked from an archive in this package. Before they run, all their files are compared with a hash
 * of the archive's content that is compiled into this program, so that an attacker who could write to the folder for a while
 * has gained nothing.
 */
public final class Programs {
    /**
     * Lines with a hash and an archive's name, as sha256sum writes them; the hash is the {@link #hash} of the archive's
     * content.
     */
    static final String KNOWN = "/postgresql-programs.sha256";

    private static final String OS = os(System.getProperty("os.name").toLowerCase(Locale.ROOT));
    private static final Path OF_ALPINE = Path.of("/etc/alpine-release");

    private final Path folder;

    private Programs(Path folder) {
        this.folder = folder;
    }

    /** The programs in a folder that other users cannot write to; unpacked again if they differ from the known hash. */
    static Programs in(Path parent) throws IOException {
        String archive = archive();
        String known = known(archive);
        Path folder = parent.resolve(archive.replace(".txz", ""));
        if (!Files.isExecutable(program(folder, "postgres")) || !known.equals(hash(content(folder)))) {
            PrivateFolder.delete(parent);
            Path half = parent.resolve("half");
            try (InputStream packed = Programs.class.getResourceAsStream("/" + archive)) {
                unpack(packed, half);
            }
            if (!known.equals(hash(content(half))))
                throw new CannotStart("The PostgreSQL in " + archive + " is not the one that this program knows.");
            Files.move(half, folder);
        }
        return new Programs(folder);
    }

    private static String os(String name) {
        return name.startsWith("windows") ? "windows" : name.startsWith("mac") ? "darwin" : name;
    }

    /** The archive for this machine. */
    private static String archive() {
        String arch = System.getProperty("os.arch").toLowerCase(Locale.ROOT);
        // There is no archive for Windows on ARM, which can run the others.
        if (OS.equals("windows") || arch.equals("amd64")) arch = "x86_64";
        if (arch.equals("aarch64")) arch = "arm_64";
        return "postgres-" + OS + "-" + arch + (Files.exists(OF_ALPINE) ? "-alpine_linux" : "") + ".txz";
    }

    private static String known(String archive) throws IOException {
        try (InputStream lines = Programs.class.getResourceAsStream(KNOWN)) {
            return new String(lines.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> line.endsWith(" " + archive))
                    .map(line -> line.substring(0, line.indexOf(' ')))
                    .findFirst()
                    .orElseThrow(() -> new CannotStart("There is no PostgreSQL for this machine (" + archive
                            + ") in this package: set QUARKUS_DATASOURCE_JDBC_URL to one of your own."));
        }
    }

    /** The content of a folder: the hash of each file and the target of each link, by path. */
    private static SortedMap<String, String> content(Path folder) throws IOException {
        List<Path> files;
        try (Stream<Path> walk = Files.walk(folder)) {
            files = walk.filter(path -> !Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS))
                    .toList();
        }
        SortedMap<String, String> content = new ConcurrentSkipListMap<>();
        files.parallelStream()
                .forEach(file ->
                        content.put(folder.relativize(file).toString().replace('\\', '/'), content(folder, file)));
        return content;
    }

    private static String content(Path folder, Path file) {
        try {
            if (Files.isSymbolicLink(file))
                return link(Files.readSymbolicLink(file).toString());
            MessageDigest digest = Sha256.digest();
            try (InputStream in =
                    new DigestInputStream(Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS), digest)) {
                in.transferTo(OutputStream.nullOutputStream());
            }
            return Sha256.of(digest.digest()).hex();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The content of an archive. */
    static SortedMap<String, String> content(InputStream archive) throws IOException {
        SortedMap<String, String> content = new TreeMap<>();
        try (TarArchiveInputStream tar =
                new TarArchiveInputStream(new XZInputStream(new BufferedInputStream(archive)))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                if (entry.isDirectory()) continue;
                String path = Path.of(entry.getName()).normalize().toString().replace('\\', '/');
                content.put(
                        path,
                        entry.isSymbolicLink()
                                ? link(entry.getLinkName())
                                : Sha256.hash(tar.readAllBytes()).hex());
            }
        }
        return content;
    }

    private static String link(String target) {
        return "-> " + target;
    }

    /** One hash for the content of a folder or an archive. */
    static String hash(Map<String, String> content) {
        MessageDigest digest = Sha256.digest();
        content.forEach((path, of) -> digest.update((of + "  " + path + "\n").getBytes(StandardCharsets.UTF_8)));
        return Sha256.of(digest.digest()).hex();
    }

    private static void unpack(InputStream archive, Path folder) throws IOException {
        Files.createDirectories(folder, PrivateFolder.ofProgram());
        try (TarArchiveInputStream tar =
                new TarArchiveInputStream(new XZInputStream(new BufferedInputStream(archive)))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                Path path = folder.resolve(entry.getName()).normalize();
                Files.createDirectories(entry.isDirectory() ? path : path.getParent(), PrivateFolder.ofProgram());
                if (entry.isDirectory()) continue;
                if (entry.isSymbolicLink()) Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
                else write(tar, path);
            }
        }
    }

    private static void write(InputStream in, Path path) throws IOException {
        boolean runs = path.getParent().endsWith("bin");
        Set<StandardOpenOption> asNew = EnumSet.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        try (OutputStream out = Channels.newOutputStream(
                Files.newByteChannel(path, asNew, runs ? PrivateFolder.ofProgram() : PrivateFolder.ofFile()))) {
            in.transferTo(out);
        }
    }

    /**
     * Runs a program to its end; a server that it has started continues to run.
     *
     * @param input the text on its standard input
     */
    void run(String input, String name, String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        // PostgreSQL refuses to run as root; in a separate user namespace it does not run as root.
        if (OS.equals("linux") && "root".equals(System.getProperty("user.name")))
            command.addAll(List.of("unshare", "-U"));
        command.add(program(folder, name).toString());
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try {
            give(input, process);
            if (process.waitFor() != 0)
                throw new IOException(name + " ended with " + process.exitValue() + ": " + printed(process));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(name + " was interrupted");
        } finally {
            process.destroy();
        }
    }

    private static void give(String input, Process process) {
        try (OutputStream in = process.getOutputStream()) {
            in.write(input.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            // The program has ended without reading all of its input; its own output says why.
        }
    }

    private static Path program(Path folder, String name) {
        return folder.resolve("bin").resolve(OS.equals("windows") ? name + ".exe" : name);
    }

    /** The output in one line. Does not read up to the end of the stream, which a started server also holds open. */
    private static String printed(Process process) throws IOException {
        InputStream out = process.getInputStream();
        return new String(out.readNBytes(out.available()), StandardCharsets.UTF_8)
                .strip()
                .replaceAll("\\s*\\R\\s*", " ");
    }
}
