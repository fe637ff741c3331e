package dev.importonce.source;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Spreadsheets of which a test writes a part itself. */
public final class Workbooks {
    public static final String BOOK = "xl/workbook.xml";
    public static final String RELATIONS = "xl/_rels/workbook.xml.rels";
    public static final String STYLES = "xl/styles.xml";
    public static final String STRINGS = "xl/sharedStrings.xml";
    public static final String SHEET = "xl/worksheets/sheet1.xml";

    private Workbooks() {}

    /** One with a header, email, and a row, but for a part. */
    public static byte[] with(String part, String content) {
        return with(Map.of(part, content));
    }

    public static byte[] with(Map<String, String> others) {
        Map<String, String> parts = new LinkedHashMap<>();
        parts.put(BOOK, "<workbook><sheets><sheet name=\"S\" id=\"r1\"/></sheets></workbook>");
        parts.put(
                RELATIONS, "<Relationships><Relationship Id=\"r1\" Target=\"worksheets/sheet1.xml\"/></Relationships>");
        parts.put(SHEET, sheet("<row><c t=\"str\"><v>a@b.example</v></c></row>"));
        parts.putAll(others);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, String> part : parts.entrySet()) {
                zip.putNextEntry(new ZipEntry(part.getKey()));
                zip.write(part.getValue().getBytes(StandardCharsets.UTF_8));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** A sheet of these rows below the header. */
    public static String sheet(String rows) {
        return "<worksheet><row><c t=\"str\"><v>email</v></c></row>" + rows + "</worksheet>";
    }
}
