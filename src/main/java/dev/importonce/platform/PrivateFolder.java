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
 * A folder that only the user of this process can read or write. Where files have no modes (Windows), it inherits the
 * permissions of its parent, which in a user's own data folder have the same effect.
 */
final class PrivateFolder {
    private static final boolean MODES =
            FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
    private static final Set<PosixFilePermission> OWNERS = EnumSet.of(
            PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE, PosixFilePermission.OWNER_EXECUTE);

    private PrivateFolder() {}

    /**
     * Creates the folder and its missing parents, or closes an existing folder to others.
     *
     * @return whether the folder or its content is or has been open to others
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

    /** Refuses a folder of another user, since its owner could open it again. */
    private static void refuseAnothers(Path folder) throws IOException {
        Path ours = Files.createTempFile(folder, ".owner", null);
        boolean same = Files.getOwner(ours).equals(Files.getOwner(folder));
        Files.delete(ours);
        if (!same)
            throw new CannotStart("The folder " + folder + " belongs to " + Files.getOwner(folder)
                    + ", who could change what runs from it; set IMPORTONCE_DATA_DIR to a folder of your own.");
    }

    /** Removes the permissions of others from the folder's content. Targets of links are not changed. */
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

    /** The attributes of new files: others have no permissions. */
    static FileAttribute<?>[] ofFile() {
        return mode(EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE));
    }

    /** The attributes of new programs and folders: others have no permissions. */
    static FileAttribute<?>[] ofProgram() {
        return mode(OWNERS);
    }

    private static FileAttribute<?>[] mode(Set<PosixFilePermission> permissions) {
        return MODES
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(permissions)}
                : new FileAttribute<?>[0];
    }

    /** Writes a file atomically: a reader sees the old or the new content. */
    static void write(Path file, String text) throws IOException {
        Path half = file.resolveSibling(file.getFileName() + ".half");
        Files.deleteIfExists(half);
        Files.createFile(half, ofFile());
        Files.writeString(half, text);
        Files.move(half, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Removes a file, or a folder with its content, if it exists. */
    static void delete(Path path) throws IOException {
        if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) return;
        List<Path> content;
        try (Stream<Path> walk = Files.walk(path)) {
            content = walk.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path each : content) Files.delete(each);
    }
}
