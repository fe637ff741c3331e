package dev.importonce.integrity;

import java.util.List;

/** What all checks have found. */
record Report(boolean ok, List<Finding> checks) {
    static Report of(List<Finding> findings) {
        return new Report(findings.stream().allMatch(Finding::ok), List.copyOf(findings));
    }
}
