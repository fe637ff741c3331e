package dev.importonce.platform;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** A file may have 16,384 columns, whose names take 256 KiB: what lists, watches or claims jobs must not read them each time. */
class HeadersApartTest {
    @Test
    void one_statement_reads_the_columns_of_a_jobs_file() throws IOException {
        Set<String> statements = OwnStatements.about(
                Set.of("migration_jobs", "migration_jobs j", "migration_job_progress"), file -> true);

        assertEquals(
                Set.of("select header from migration_jobs where id = ? and user_id = ?"),
                statements.stream()
                        .filter(statement ->
                                statement.matches("(?i)(?!insert).*(\\bheader\\b|select \\*|\\bj\\.\\*).*"))
                        .collect(Collectors.toSet()));
    }
}
