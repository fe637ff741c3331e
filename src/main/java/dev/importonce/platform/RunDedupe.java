package dev.importonce.platform;

import dev.importonce.integrity.Dedupe;
import dev.importonce.target.TargetDuplicates;
import io.quarkus.runtime.QuarkusApplication;
import java.util.List;

/** {@code dedupe contacts|chats|jobs|<declaration> [--apply]}: exit code 1 when something is left. */
public class RunDedupe implements QuarkusApplication {
    private final Dedupe dedupe;
    private final TargetDuplicates targets;

    /**
     * @param dedupe the clean-up of the configured database
     * @param targets the clean-up of declared tables in it
     */
    public RunDedupe(Dedupe dedupe, TargetDuplicates targets) {
        this.dedupe = dedupe;
        this.targets = targets;
    }

    /** @param args as {@link Command} has checked them */
    @Override
    public int run(String... args) {
        boolean apply = List.of(args).contains(Command.APPLY);
        boolean done = Command.DEDUPED.contains(args[1])
                ? dedupe.run(args[1], apply, System.out)
                : targets.run(args[1], apply, System.out);
        return done ? 0 : 1;
    }
}
