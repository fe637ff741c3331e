package dev.importonce.job.reject;

import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import dev.importonce.job.mapping.JobColumns;
import dev.importonce.load.Reject;
import dev.importonce.postgres.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.UUID;

/** A job's rejects as a CSV file (RFC 4180) that can be corrected and imported again. Memory: one block's. */
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

    /** Writes header and rows in file order; the list so far while the job still reads. */
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

    /** @param rejects JSON; the cells of all of them at once would take many times as much */
    private record Part(int ordinal, String rejects) {}
}
