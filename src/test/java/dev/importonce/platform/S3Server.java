package dev.importonce.platform;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.opentest4j.TestAbortedException;

/** s3rver from npm, with the bucket "imports"; without Node there is no server, and who asks for its address is skipped. */
public class S3Server implements QuarkusTestResourceLifecycleManager {
    private static final long PATIENCE_SECONDS = 60;

    private Process process;
    private String endpoint;

    @Override
    public Map<String, String> start() {
        try {
            Node.folder();
            Path output = Files.createTempFile("importonce-s3", ".log");
            process = Node.start(Map.of(), output, "node", "s3.mjs");
            endpoint = "http://127.0.0.1:" + port(output);
        } catch (TestAbortedException noNode) {
            return Map.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Map.of(
                "importonce.s3.endpoint", endpoint,
                "importonce.s3.bucket", "imports",
                "importonce.s3.access-key", "S3RVER",
                "importonce.s3.secret-key", "S3RVER");
    }

    @Override
    public void inject(TestInjector injector) {
        injector.injectIntoFields(this, new TestInjector.MatchesType(S3Server.class));
    }

    @Override
    public void stop() {
        if (process != null) process.destroy();
    }

    /** Where it listens. */
    public String endpoint() {
        if (endpoint == null) throw new TestAbortedException("no Node, no s3rver");
        return endpoint;
    }

    private String port(Path output) throws IOException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (true) {
            String printed = Files.readString(output);
            if (printed.startsWith("port ") && printed.endsWith("\n"))
                return printed.strip().substring(5);
            if (!process.isAlive() || System.nanoTime() > deadline)
                throw new IllegalStateException("s3rver: " + printed);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
        }
    }
}
