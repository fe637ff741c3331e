package dev.importonce.integrity;

import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The results of all checks. */
@Schema(name = "IntegrityReport")
record Report(boolean ok, List<Finding> checks) {
    static Report of(List<Finding> findings) {
        return new Report(findings.stream().allMatch(Finding::ok), List.copyOf(findings));
    }
}
