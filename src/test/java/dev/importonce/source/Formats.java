package dev.importonce.source;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.zip.GZIPOutputStream;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;

/** The same table in every format that people send. */
public final class Formats {
    private static final ObjectMapper JSON = new ObjectMapper();

    private Formats() {}

    /** CSV with every cell in quotes. */
    public static byte[] csv(List<List<String>> table, String delimiter, String end, Charset encoding) {
        StringBuilder text = new StringBuilder();
        for (List<String> row : table) {
            List<String> quoted = row.stream()
                    .map(cell -> '"' + cell.replace("\"", "\"\"") + '"')
                    .toList();
            text.append(String.join(delimiter, quoted)).append(end);
        }
        return text.toString().getBytes(encoding);
    }

    /** An array of objects. */
    public static byte[] json(List<List<String>> table) {
        try {
            return JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(objects(table));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One object per line. */
    public static byte[] ndjson(List<List<String>> table) {
        try {
            ByteArrayOutputStream lines = new ByteArrayOutputStream();
            for (Map<String, String> object : objects(table)) {
                lines.writeBytes(JSON.writeValueAsBytes(object));
                lines.write('\n');
            }
            return lines.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A workbook whose sheets all have the table. */
    public static byte[] xlsx(List<List<String>> table, String... sheets) {
        return workbook(Arrays.stream(sheets).collect(Collectors.toMap(name -> name, name -> table)), sheets);
    }

    /** A workbook; a sheet without a table is empty. */
    public static byte[] workbook(Map<String, List<List<String>>> tables, String... sheets) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (Workbook workbook = new Workbook(bytes, "test", "1.0")) {
            for (String name : sheets) {
                Worksheet sheet = workbook.newWorksheet(name);
                List<List<String>> table = tables.getOrDefault(name, List.of());
                for (int row = 0; row < table.size(); row++)
                    for (int column = 0; column < table.get(row).size(); column++)
                        sheet.value(row, column, table.get(row).get(column));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    public static byte[] gzip(byte[] file) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static List<Map<String, String>> objects(List<List<String>> table) {
        List<Map<String, String>> objects = new ArrayList<>();
        for (List<String> row : table.subList(1, table.size())) {
            Map<String, String> object = new LinkedHashMap<>();
            for (int i = 0; i < row.size(); i++) object.put(table.get(0).get(i), row.get(i));
            objects.add(object);
        }
        return objects;
    }
}
