package dev.importonce.integrity;

import jakarta.enterprise.context.ApplicationScoped;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;

/** {@code doctor}: all checks, a line each. Only reads; needs no more than the right to. */
@ApplicationScoped
public class Doctor {
    /** Of one statement: large tables may take their time. */
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final Examine examine;

    Doctor(Examine examine) {
        this.examine = examine;
    }

    /** @return whether nothing is wrong */
    public boolean run(PrintStream out) {
        List<Finding> findings = examine.run(Checks.PROBLEMS, PATIENCE);
        for (Finding finding : findings)
            out.printf("%-6s %-24s %s%n", finding.ok() ? "ok" : "WRONG", finding.name(), finding.detail());
        return Report.of(findings).ok();
    }
}
