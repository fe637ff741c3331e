package dev.importonce.target;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import dev.importonce.target.declare.DeclaredField;
import dev.importonce.target.declare.Target;
import dev.importonce.target.type.Cells;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;

/** A file to fill in: a column for each field, an example where the declaration has one, in XLSX a list of the values of an enum. */
final class Template {
    /** Rows that have a list to choose from. */
    private static final int ROWS = 10_000;

    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private final Target target;

    Template(Target target) {
        this.target = target;
    }

    /** With a byte order mark, by which spreadsheet programs know that it is UTF-8. */
    void writeCsv(OutputStream out) throws IOException {
        Writer text = new OutputStreamWriter(out, StandardCharsets.UTF_8);
        text.write(BYTE_ORDER_MARK);
        CsvWriter csv = CsvWriter.builder().lineDelimiter(LineDelimiter.CRLF).build(text);
        csv.writeRecord(names());
        if (hasExample()) csv.writeRecord(examples());
        csv.flush();
    }

    void writeXlsx(OutputStream out) throws IOException {
        Workbook book = new Workbook(out, "ImportOnce", "1.0");
        Worksheet sheet = book.newWorksheet("Import");
        Worksheet lists = book.newWorksheet("Values");
        for (int column = 0; column < names().size(); column++) {
            sheet.value(0, column, names().get(column));
            if (!examples().get(column).isEmpty())
                sheet.value(1, column, examples().get(column));
            // As text, so that no program takes a code for a number and drops its leading zeros.
            sheet.range(1, column, ROWS, column).style().format("@").set();
            List<String> values = values(column);
            if (values.isEmpty()) continue;
            lists.value(0, column, names().get(column));
            for (int row = 0; row < values.size(); row++) lists.value(row + 1, column, values.get(row));
            sheet.range(1, column, ROWS, column).validateWithList(lists.range(1, column, values.size(), column));
        }
        book.finish();
    }

    private List<String> names() {
        return target.fields().stream().map(field -> field.name()).toList();
    }

    private boolean hasExample() {
        return examples().stream().anyMatch(example -> !example.isEmpty());
    }

    private List<String> examples() {
        return target.fields().stream()
                .map(field -> declared(field.name())
                        .map(each -> each.description().example())
                        .map(Cells::guard)
                        .orElse(""))
                .toList();
    }

    private List<String> values(int place) {
        return declared(target.fields().get(place).name())
                .map(each -> each.rules().values())
                .orElse(List.of());
    }

    private Optional<DeclaredField> declared(String field) {
        return target.isDeclared() ? target.declaration().mapped(field) : Optional.empty();
    }
}
