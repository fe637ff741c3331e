package dev.importonce.platform;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A folder that nobody but whoever runs this process can look into or write to. Where files have no modes (Windows), that is as the
 * folder above it hands it down, which for that of a user's own data is the same.
 */
final class PrivateFolder {
    private static final boolean MODES =
            FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
    private static final Set<PosixFilePermission> OWNERS = EnumSet.of(
            PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE, PosixFilePermission.OWNER_EXECUTE);

    private PrivateFolder() {}

    /**
     * Makes it, with those above it as they come, or closes it.
     *
     * @return whether it, or what lies in it, is or has been open to others
     */
    static boolean claim(Path folder) throws IOException {
        if (folder.getParent() != null) Files.createDirectories(folder.getParent());
        try {
            Files.createDirectory(folder, mode(OWNERS));
        } catch (FileAlreadyExistsException e) {
            if (!Files.isDirectory(folder)) throw e;
        }
        if (!MODES) return false;
        refuseAnothers(folder);
        boolean wasOpen = isOpen(folder);
        if (wasOpen) Files.setPosixFilePermissions(folder, OWNERS);
        try (Stream<Path> content = Files.list(folder)) {
            return content.anyMatch(PrivateFolder::isOpen) || wasOpen;
        }
    }

    private static boolean isOpen(Path path) {
        try {
            return !Files.isSymbolicLink(path) && !OWNERS.containsAll(Files.getPosixFilePermissions(path));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Else its owner, who is another one, opens it again. */
    private static void refuseAnothers(Path folder) throws IOException {
        Path ours = Files.createTempFile(folder, ".owner", null);
        boolean same = Files.getOwner(ours).equals(Files.getOwner(folder));
        Files.delete(ours);
        if (!same)
            throw new CannotStart("The folder " + folder + " belongs to " + Files.getOwner(folder)
                    + ", who could change what runs from it; set IMPORTONCE_DATA_DIR to a folder of your own.");
    }

    /** Takes whatever lies in it from everybody else. Where links lead to stays as it is. */
    static void closeContent(Path folder) throws IOException {
        if (!MODES) return;
        try (Stream<Path> content = Files.walk(folder)) {
            content.filter(path -> !Files.isSymbolicLink(path)).forEach(PrivateFolder::close);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static void close(Path path) {
        try {
            Set<PosixFilePermission> mode = Files.getPosixFilePermissions(path, LinkOption.NOFOLLOW_LINKS);
            if (mode.retainAll(OWNERS)) Files.setPosixFilePermissions(path, mode);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What a new file of ours is made with: nobody else may do anything with it. */
    static FileAttribute<?>[] ofFile() {
        return mode(EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE));
    }

    /** The same of what can be run, and of folders. */
    static FileAttribute<?>[] ofProgram() {
        return mode(OWNERS);
    }

    private static FileAttribute<?>[] mode(Set<PosixFilePermission> permissions) {
        return MODES
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(permissions)}
                : new FileAttribute<?>[0];
    }

    /** Writes a file as a whole: whoever reads it sees what it was or what it is. */
    static void write(Path file, String text) throws IOException {
        Path half = file.resolveSibling(file.getFileName() + ".half");
        Files.deleteIfExists(half);
        Files.createFile(half, ofFile());
        Files.writeString(half, text);
        Files.move(half, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Removes a file, or a folder with what lies in it, if it is there. */
    static void delete(Path path) throws IOException {
        if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) return;
        List<Path> content;
        try (Stream<Path> walk = Files.walk(path)) {
            content = walk.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path each : content) Files.delete(each);
    }
}
