package dev.importonce.job.reject;

import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import dev.importonce.job.mapping.JobColumns;
import dev.importonce.postgres.Sql;
import dev.importonce.target.merge.Reject;
import dev.importonce.words.Language;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
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
    public void write(UUID userId, UUID jobId, Language language, OutputStream out) throws IOException {
        Writer text = new OutputStreamWriter(out, StandardCharsets.UTF_8);
        CsvWriter csv = CsvWriter.builder().lineDelimiter(LineDelimiter.CRLF).build(text);
        RejectColumns columns = new RejectColumns(jobColumns.of(userId, jobId), language);
        csv.writeRecord(columns.header());
        for (int block = next(userId, jobId, -1); block >= 0; block = next(userId, jobId, block)) {
            List<String> parts =
                    sql.list(OF_BLOCK, row -> row.text("rejects"), jobId, userId, block, jobId, userId, block);
            writeInOrder(parts, csv, columns);
            csv.flush();
        }
        csv.flush();
    }

    /** Each part is in file order. Parses them side by side: all parsed cells at once would take many times as much memory. */
    private void writeInOrder(List<String> parts, CsvWriter csv, RejectColumns columns) throws IOException {
        PriorityQueue<Part> next = new PriorityQueue<>(
                Comparator.comparingLong(part -> part.first().row()));
        for (String part : parts) enqueue(next, json.readValues(part));
        while (!next.isEmpty()) {
            Part part = next.remove();
            csv.writeRecord(columns.record(part.first()));
            enqueue(next, part.rest());
        }
    }

    private static void enqueue(PriorityQueue<Part> next, MappingIterator<Reject> rejects) throws IOException {
        if (rejects.hasNextValue()) next.add(new Part(rejects.nextValue(), rejects));
        else rejects.close();
    }

    /** -1: there is none. */
    private int next(UUID userId, UUID jobId, int after) {
        return sql.one(NEXT, row -> row.integer("ordinal"), jobId, userId, after, jobId, userId, after);
    }

    /** @param rest the rejects behind the first one, not parsed yet */
    private record Part(Reject first, MappingIterator<Reject> rest) {}
}
