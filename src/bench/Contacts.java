import java.io.BufferedOutputStream;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Writes a file of random contacts to standard output: {@code java Contacts.java <rows> <seed> [csv|ndjson|xlsx] [pad]}. With a
 * pad each row has a note of so many characters.
 */
class Contacts {
    private static final List<String> HEADER = List.of("email", "first_name", "last_name", "phone", "company");

    private final Random random;
    private final int pad;

    Contacts(long seed, int pad) {
        this.random = new Random(seed);
        this.pad = pad;
    }

    public static void main(String... args) throws IOException {
        long rows = Long.parseLong(args[0]);
        Contacts contacts = new Contacts(Long.parseLong(args[1]), args.length > 3 ? Integer.parseInt(args[3]) : 0);
        try (OutputStream out = new BufferedOutputStream(System.out, 1 << 20)) {
            switch (args.length > 2 ? args[2] : "csv") {
                case "ndjson" -> contacts.writeLines(rows, out);
                case "xlsx" -> contacts.writeWorkbook(rows, out);
                default -> contacts.writeCsv(rows, out);
            }
        }
    }

    private List<String> header() {
        if (pad == 0) return HEADER;
        List<String> header = new ArrayList<>(HEADER);
        header.add("note");
        return header;
    }

    /** The row number keeps addresses unique, the random part keeps them unsorted. */
    private List<String> row(long row) {
        String name = Long.toString(random.nextLong() >>> 16, 36);
        List<String> cells = new ArrayList<>(List.of(
                name + "." + row + "@example.com",
                "First" + random.nextInt(5000),
                "Last" + random.nextInt(50000),
                "+49 " + (100_000_000 + random.nextInt(900_000_000)),
                "Company " + random.nextInt(1000)));
        if (pad > 0) {
            StringBuilder note = new StringBuilder();
            while (note.length() < pad) note.append(Long.toString(random.nextLong() >>> 1, 36));
            cells.add(note.substring(0, pad));
        }
        return cells;
    }

    private void writeCsv(long rows, OutputStream out) throws IOException {
        Writer text = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8), 1 << 20);
        text.write(String.join(",", header()) + "\n");
        for (long row = 0; row < rows; row++) text.write(String.join(",", row(row)) + "\n");
        text.flush();
    }

    private void writeLines(long rows, OutputStream out) throws IOException {
        Writer text = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8), 1 << 20);
        for (long row = 0; row < rows; row++) {
            List<String> cells = row(row);
            StringBuilder line = new StringBuilder("{");
            for (int i = 0; i < cells.size(); i++)
                line.append(i == 0 ? "" : ",").append('"').append(header().get(i)).append("\":\"").append(cells.get(i)).append('"');
            text.write(line.append("}\n").toString());
        }
        text.flush();
    }

    /** As spreadsheet programs write it: every text once, cells refer to it. */
    private void writeWorkbook(long rows, OutputStream out) throws IOException {
        ZipOutputStream zip = new ZipOutputStream(out);
        Writer text = new BufferedWriter(new OutputStreamWriter(zip, StandardCharsets.UTF_8), 1 << 20);
        part(zip, text, "[Content_Types].xml", "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"/>");
        part(zip, text, "xl/workbook.xml",
                "<workbook xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"><sheets><sheet name=\"Contacts\" sheetId=\"1\" r:id=\"r1\"/></sheets></workbook>");
        part(zip, text, "xl/_rels/workbook.xml.rels",
                "<Relationships><Relationship Id=\"r1\" Target=\"worksheets/sheet1.xml\"/></Relationships>");
        Map<String, Integer> numbers = new HashMap<>();
        List<String> strings = new ArrayList<>();
        zip.putNextEntry(new ZipEntry("xl/worksheets/sheet1.xml"));
        text.write("<worksheet><sheetData>");
        for (long row = -1; row < rows; row++) {
            text.write("<row r=\"" + (row + 2) + "\">");
            List<String> cells = row < 0 ? header() : row(row);
            for (int i = 0; i < cells.size(); i++) {
                String cell = cells.get(i);
                boolean unique = row >= 0 && (i == 0 || i == 3 || i == 5);
                int number = unique ? strings.size() : numbers.computeIfAbsent(cell, none -> strings.size());
                if (number == strings.size()) strings.add(cell);
                text.write("<c r=\"" + (char) ('A' + i) + (row + 2) + "\" t=\"s\"><v>" + number + "</v></c>");
            }
            text.write("</row>");
        }
        text.write("</sheetData></worksheet>");
        text.flush();
        zip.closeEntry();
        zip.putNextEntry(new ZipEntry("xl/sharedStrings.xml"));
        text.write("<sst>");
        for (String string : strings) text.write("<si><t>" + string + "</t></si>");
        text.write("</sst>");
        text.flush();
        zip.closeEntry();
        zip.finish();
    }

    private static void part(ZipOutputStream zip, Writer text, String name, String content) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        text.write(content);
        text.flush();
        zip.closeEntry();
    }
}
