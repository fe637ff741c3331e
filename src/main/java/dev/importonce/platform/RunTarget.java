package dev.importonce.platform;

import dev.importonce.target.TargetCommand;
import io.quarkus.runtime.QuarkusApplication;
import java.util.List;

/** {@code target …}: exit code 1 when it was not done. */
public class RunTarget implements QuarkusApplication {
    private final TargetCommand target;

    /** @param target the targets of the configured database */
    public RunTarget(TargetCommand target) {
        this.target = target;
    }

    /** @param args as {@link Command} has checked them */
    @Override
    public int run(String... args) {
        return target.run(List.of(args).subList(1, args.length), System.out) ? 0 : 1;
    }
}
