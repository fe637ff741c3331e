package dev.importonce.job.view;

import dev.importonce.job.JobStatus;
import dev.importonce.problem.ProblemException;
import dev.importonce.problem.ProblemType;
import dev.importonce.words.Sentence;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Which jobs a list has; a part that is null allows all.
 *
 * @param target its name; also of a target that is not declared any more
 * @param since the earliest time of creation
 * @param before later than the latest time of creation
 */
record JobFilter(JobStatus status, String target, Instant since, Instant before) {
    private static final int LONGEST_NAME = 63;
    private static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");

    /** Parses query parameters; null for one that was not sent. */
    static JobFilter parse(String status, String target, String since, String before) {
        return new JobFilter(statusOf(status), targetOf(target), time("since", since), time("before", before));
    }

    /** The condition for a user's jobs, whose values are {@link #values}. */
    String condition() {
        List<String> parts = new ArrayList<>(List.of("userId = :userId"));
        if (status != null) parts.add("status = :status");
        if (target != null) parts.add("target = :target");
        if (since != null) parts.add("createdAt >= :since");
        if (before != null) parts.add("createdAt < :before");
        return String.join(" and ", parts);
    }

    Map<String, Object> values(UUID userId) {
        Map<String, Object> values = new HashMap<>(Map.of("userId", userId));
        if (status != null) values.put("status", status.word());
        if (target != null) values.put("target", target);
        if (since != null) values.put("since", since);
        if (before != null) values.put("before", before);
        return values;
    }

    private static JobStatus statusOf(String sent) {
        if (sent == null) return null;
        return JobStatus.of(sent)
                .orElseThrow(() -> invalid(
                        Sentence.of("must-be-one-of", "status", "pending, processing, completed, failed, cancelled")));
    }

    private static String targetOf(String sent) {
        if (sent != null && (sent.length() > LONGEST_NAME || sent.indexOf('\0') >= 0))
            throw invalid(Sentence.of("must-be-target-name", "target"));
        return sent;
    }

    private static Instant time(String name, String sent) {
        if (sent == null) return null;
        try {
            Instant time = Instant.parse(sent);
            // The database refuses a query with a time that is out of the range of a timestamptz.
            if (!time.isBefore(EARLIEST) && !time.isAfter(LATEST)) return time;
        } catch (DateTimeException e) {
            throw noTime(name);
        }
        throw noTime(name);
    }

    private static ProblemException noTime(String name) {
        return invalid(Sentence.of("must-be-time", name));
    }

    private static ProblemException invalid(Sentence detail) {
        return new ProblemException(ProblemType.INVALID_PARAMETER, detail);
    }
}
