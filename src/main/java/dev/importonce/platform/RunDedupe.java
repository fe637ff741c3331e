package dev.importonce.platform;

import dev.importonce.integrity.Dedupe;
import io.quarkus.runtime.QuarkusApplication;
import java.util.List;

/** {@code dedupe contacts|chats|jobs [--apply]}: exit code 1 when something is left. */
public class RunDedupe implements QuarkusApplication {
    private final Dedupe dedupe;

    /** @param dedupe the clean-up of the configured database */
    public RunDedupe(Dedupe dedupe) {
        this.dedupe = dedupe;
    }

    /** @param args as {@link Command} has checked them */
    @Override
    public int run(String... args) {
        return dedupe.run(args[1], List.of(args).contains(Command.APPLY), System.out) ? 0 : 1;
    }
}
