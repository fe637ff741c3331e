package dev.importonce.source.xlsx;

import dev.importonce.problem.ProblemException;
import dev.importonce.problem.ProblemType;
import dev.importonce.words.Sentence;
import io.quarkus.runtime.configuration.MemorySize;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.atomic.AtomicLong;

/** Creates {@link Spill}s. All spills of a process share a small part of the heap, and a folder with a size limit. */
@ApplicationScoped
public class Spills {
    /** The spills' common share of the heap, as a fraction; the minimum that each spill needs does not count. */
    private static final int HEAP_SHARE = 16;

    private final Path folder;
    private final long mostInMemory = Runtime.getRuntime().maxMemory() / HEAP_SHARE;
    private final long mostInFiles;
    private final AtomicLong inMemory = new AtomicLong();
    private final AtomicLong inFiles = new AtomicLong();

    Spills(SpillConfig config) {
        folder = config.spillDir().orElseGet(() -> Path.of(System.getProperty("java.io.tmpdir")));
        mostInFiles = config.maxSpillBytes().map(MemorySize::asLongValue).orElseGet(this::halfOfWhatIsFree);
    }

    private long halfOfWhatIsFree() {
        try {
            return Files.getFileStore(folder).getUsableSpace() / 2;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Creates an empty spill. */
    Spill begin() {
        return new Spill(this);
    }

    /** Reserves memory; false when none is left. */
    boolean hold(long bytes) {
        if (inMemory.addAndGet(bytes) <= mostInMemory) return true;
        inMemory.addAndGet(-bytes);
        return false;
    }

    /** Reserves space in the folder; a problem when none is left. */
    void store(long bytes) {
        if (inFiles.addAndGet(bytes) <= mostInFiles) return;
        inFiles.addAndGet(-bytes);
        throw new ProblemException(ProblemType.BUSY, Sentence.of("spreadsheets-need-too-much", mostInFiles));
    }

    /** Releases reserved memory and space. */
    void release(long held, long stored) {
        inMemory.addAndGet(-held);
        inFiles.addAndGet(-stored);
    }

    /** Number of reserved bytes of the heap. */
    long held() {
        return inMemory.get();
    }

    /** Number of reserved bytes in the folder. */
    long stored() {
        return inFiles.get();
    }

    /** Creates a file that is deleted when it is closed. */
    FileChannel file() throws IOException {
        Path path = Files.createTempFile(folder, "importonce", ".tmp");
        return FileChannel.open(
                path, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.DELETE_ON_CLOSE);
    }
}
