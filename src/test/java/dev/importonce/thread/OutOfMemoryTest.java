package dev.importonce.thread;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class OutOfMemoryTest {
    @Test
    void a_process_without_memory_ends_and_says_why() throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx64m",
                        // The default one may try for minutes to find what is not there.
                        "-XX:+UseSerialGC",
                        "-XX:-ExitOnOutOfMemoryError",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Hungry.class.getName())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertEquals(OutOfMemory.EXIT_CODE, process.waitFor(), said);
        assertTrue(said.contains(OutOfMemory.LINE), said);
    }

    /** Else this test would not end. */
    @Test
    void a_call_that_needs_too_much_memory_is_an_ordinary_failure() {
        OutOfMemory.exitIfCauseOf(new OutOfMemoryError("Required length exceeds implementation limit"));
        OutOfMemory.exitIfCauseOf(new CompletionException(new IllegalStateException("Java heap space")));
        OutOfMemory.exitIfCauseOf(new StackOverflowError());
    }

    /** Has a worker that takes all there is, and nobody who would notice that it is gone. */
    public static final class Hungry {
        private static final List<byte[]> EATEN = new ArrayList<>();

        private Hungry() {}

        public static void main(String... args) {
            new VitalThreads().start("hungry", () -> true, Hungry::eat, () -> {});
            LockSupport.park();
        }

        private static void eat() {
            try {
                while (true) EATEN.add(new byte[1024 * 1024]);
            } catch (OutOfMemoryError e) {
                // What it takes to say why.
                EATEN.subList(0, EATEN.size() / 2).clear();
                throw new CompletionException(e);
            }
        }
    }
}
