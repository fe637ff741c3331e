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
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;

/**
 * A job's rejects as a CSV file (RFC 4180) that users can correct and import again. Holds the rejects of one block in
 * memory.
 */
@ApplicationScoped
public class Rejects {
    /** The next block that has rejects: of the reading, and of shares whose rows the target's table refused. */
    private static final String NEXT = """
            select coalesce(least(
                (select min(ordinal) from import_rejects where job_id = ? and user_id = ? and ordinal > ?),
                (select min(ordinal) from import_refusals where job_id = ? and user_id = ? and ordinal > ?)), -1) as ordinal
            """;

    private static final String OF_BLOCK = """
            select rejects from import_rejects where job_id = ? and user_id = ? and ordinal = ?
            union all
            select rejects from import_refusals where job_id = ? and user_id = ? and ordinal = ?
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
        for (int block = next(userId, jobId, -1); block >= 0; block = next(userId, jobId, block)) {
            for (Reject reject : rejects(userId, jobId, block)) csv.writeRecord(columns.record(reject));
            csv.flush();
        }
        csv.flush();
    }

    /** -1: there is none. */
    private int next(UUID userId, UUID jobId, int after) {
        return sql.one(NEXT, row -> row.integer("ordinal"), jobId, userId, after, jobId, userId, after);
    }

    /** In file order. */
    private List<Reject> rejects(UUID userId, UUID jobId, int block) throws IOException {
        List<Reject> rejects = new ArrayList<>();
        List<String> parts = sql.list(OF_BLOCK, row -> row.text("rejects"), jobId, userId, block, jobId, userId, block);
        for (String part : parts)
            try (MappingIterator<Reject> read = json.readValues(part)) {
                while (read.hasNextValue()) rejects.add(read.nextValue());
            }
        if (parts.size() > 1) rejects.sort(Comparator.comparing(Reject::row));
        return rejects;
    }
}
