package dev.importonce.job.reject;

import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import dev.importonce.job.mapping.JobColumns;
import dev.importonce.postgres.Sql;
import dev.importonce.target.merge.Reject;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.UUID;

/**
 * A job's rejects as a CSV file (RFC 4180) that users can correct and import again. Holds the rejects of one block in
 * memory.
 */
@ApplicationScoped
public class Rejects {
    private static final String NEXT = """
            select ordinal, rejects
            from import_rejects
            where job_id = ? and user_id = ? and ordinal > ?
            order by ordinal
            limit 1
            """;

    private final Sql sql;
    private final JobColumns jobColumns;
    private final ObjectReader json;

    Rejects(Sql sql, JobColumns columns, ObjectMapper json) {
        this.jobColumns = columns;
        this.sql = sql;
        this.json = json.readerFor(Reject.class);
    }

    /** Writes the header and the rows in file order; while the job still reads, the rejects so far. */
    public void write(UUID userId, UUID jobId, OutputStream out) throws IOException {
        Writer text = new OutputStreamWriter(out, StandardCharsets.UTF_8);
        CsvWriter csv = CsvWriter.builder().lineDelimiter(LineDelimiter.CRLF).build(text);
        RejectColumns columns = new RejectColumns(jobColumns.of(userId, jobId));
        csv.writeRecord(columns.header());
        Optional<Part> part = next(userId, jobId, -1);
        while (part.isPresent()) {
            try (MappingIterator<Reject> rejects = json.readValues(part.get().rejects())) {
                while (rejects.hasNextValue()) csv.writeRecord(columns.record(rejects.nextValue()));
            }
            csv.flush();
            part = next(userId, jobId, part.get().ordinal());
        }
        csv.flush();
    }

    private Optional<Part> next(UUID userId, UUID jobId, int after) {
        return sql.first(NEXT, row -> new Part(row.integer("ordinal"), row.text("rejects")), jobId, userId, after);
    }

    /** @param rejects JSON; the parsed cells of all rejects at once would take many times as much memory */
    private record Part(int ordinal, String rejects) {}
}
