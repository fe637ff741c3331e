package dev.importonce.integrity;

import jakarta.enterprise.context.ApplicationScoped;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;

/** {@code doctor}: runs all checks and prints one line for each. Only reads; needs only the right to read. */
@ApplicationScoped
public class Doctor {
    /** Time limit of one statement, which may take long for large tables. */
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final Examine examine;

    Doctor(Examine examine) {
        this.examine = examine;
    }

    /** @return whether nothing is wrong */
    public boolean run(PrintStream out) {
        List<Finding> findings = examine.problems(PATIENCE);
        for (Finding finding : findings)
            out.printf("%-6s %-24s %s%n", finding.ok() ? "ok" : "WRONG", finding.name(), finding.detail());
        return Report.of(findings).ok();
    }
}
