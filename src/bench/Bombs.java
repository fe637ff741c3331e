import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Writes files that are small and try to cost much into a folder, most of them of a few kilobytes, and beside each the mapping to
 * send it with, {@code <file>.mapping}: {@code java Bombs.java <folder> [part of a name]}. What is to come of each is a problem (4xx)
 * or a job that ends, in bounded memory and time.
 */
class Bombs {
    private static final String MAIL = "{\"target\":\"contacts\",\"fields\":{\"email\":\"email\"}}";
    private static final String ATTRIBUTES = MAIL.replace("}}", "},\"unmapped\":\"attributes\"}");
    private static final String BOOK = "xl/workbook.xml";
    private static final String RELATIONS = "xl/_rels/workbook.xml.rels";
    private static final String STYLES = "xl/styles.xml";
    private static final String STRINGS = "xl/sharedStrings.xml";
    private static final String SHEET = "xl/worksheets/sheet1.xml";
    private static final String SHEET_START = "<worksheet><row><c t=\"str\"><v>email</v></c></row>";
    private static final String SHEET_END = "<row><c t=\"str\"><v>a@b.example</v></c></row></worksheet>";
    private static final String FORMAT_START = "<styleSheet><numFmts><numFmt numFmtId=\"164\" formatCode=\"";
    private static final String FORMAT_END = "\"/></numFmts><cellXfs><xf numFmtId=\"164\"/></cellXfs></styleSheet>";
    private static final int MILLION = 1_000_000;

    private final Path folder;
    private final String word;

    Bombs(Path folder, String word) {
        this.folder = folder;
        this.word = word;
    }

    public static void main(String... args) throws IOException {
        Bombs bombs = new Bombs(Files.createDirectories(Path.of(args[0])), args.length > 1 ? args[1] : "");
        bombs.elementsInElements();
        bombs.longAttributes();
        bombs.longTexts();
        bombs.manyNames();
        bombs.numbers();
        bombs.sheets();
        bombs.headers();
        bombs.attributes();
        bombs.rejects();
        bombs.combiningMarks();
        bombs.delimiters();
        bombs.archives();
        bombs.namesInJson();
        bombs.valuesInJson();
    }

    /** 35 million open elements, in each part of a workbook. */
    void elementsInElements() throws IOException {
        for (String part : new String[] {BOOK, RELATIONS, STYLES, STRINGS, SHEET})
            workbook("xml-depth-" + part.replaceAll(".*/|\\..*", ""), part, times(35 * MILLION, "<a>"));
    }

    void longAttributes() throws IOException {
        Content long400 = times(400 * MILLION, "x");
        workbook("xml-attribute-name", BOOK, "<workbook><sheets><sheet name=\"", long400, "\"/></sheets></workbook>");
        workbook("xml-attribute-format", STYLES, FORMAT_START, times(400 * MILLION, "0"), FORMAT_END);
        workbook("xml-attribute-place", SHEET, "<worksheet><row><c r=\"", long400, "\"/></row></worksheet>");
        workbook("xml-attributes", SHEET, "<worksheet><row ", each(MILLION, i -> name(i) + "=\"\" "), "/></worksheet>");
    }

    /** In a cell, and where nobody asks for it. */
    void longTexts() throws IOException {
        Content text = times(100 * MILLION, "x");
        workbook("xml-text-cell", SHEET, "<worksheet><row><c t=\"str\"><v>", text, "</v></c></row></worksheet>");
        workbook("xml-text-shared", STRINGS, "<sst><si><t>", text, "</t></si></sst>");
        workbook("xml-text-white", SHEET, "<worksheet>", times(100 * MILLION, " "), "</worksheet>");
        workbook("xml-comment", SHEET, SHEET_START, "<!--", text, "-->", SHEET_END);
        workbook("xml-instruction", SHEET, SHEET_START, "<?x ", text, "?>", SHEET_END);
        workbook("xml-entities", SHEET, "<!DOCTYPE x [<!ENTITY a0 \"ha\">",
                each(30, i -> "<!ENTITY a" + (i + 1) + " \"" + ("&a" + i + ";").repeat(10) + "\">"),
                "]><worksheet><row><c t=\"str\"><v>&a30;</v></c></row></worksheet>");
        workbook("xml-doctype", SHEET, "<!DOCTYPE x SYSTEM \"", times(100 * MILLION, "<x"), "\">", SHEET_START, SHEET_END);
    }

    /** Each element has another name, or declares another prefix; sheets and relations without an end. */
    void manyNames() throws IOException {
        workbook("xml-names", SHEET, SHEET_START, each(MILLION, i -> "<" + name(i) + "/>"), SHEET_END);
        workbook("xml-prefixes", SHEET, SHEET_START,
                each(MILLION / 2, i -> "<" + name(i) + ":e xmlns:" + name(i) + "=\"u\"/>"), SHEET_END);
        workbook("sheets", BOOK, "<workbook><sheets>",
                each(16_000, i -> "<sheet name=\"" + i + "x".repeat(10_000) + "\" id=\"r1\"/>"), "</sheets></workbook>");
        workbook("relations", RELATIONS, "<Relationships>",
                each(60_000, i -> "<Relationship Id=\"r" + i + "\" Target=\"" + "x".repeat(5_000) + "\"/>"), "</Relationships>");
    }

    /**
     * Many codes, codes that are slow to take apart, and one that shows each number in 200,000 digits; cells that take a core for
     * a minute to be a number, or the whole memory to be shown.
     */
    void numbers() throws IOException {
        workbook("formats", STYLES, "<styleSheet><numFmts>",
                each(60_000, i -> "<numFmt numFmtId=\"" + (164 + i) + "\" formatCode=\"" + "0".repeat(5_000) + "\"/>"),
                "</numFmts><cellXfs>", each(60_000, i -> "<xf numFmtId=\"" + (164 + i) + "\"/>"), "</cellXfs></styleSheet>");
        workbook("format-brackets", STYLES, FORMAT_START, "[".repeat(200_000), FORMAT_END);
        workbook("format-quotes", STYLES, FORMAT_START, "_&quot;".repeat(30_000), FORMAT_END);
        workbook("format-digits", new String[] {STYLES, SHEET}, all(FORMAT_START, "0".repeat(200_000), FORMAT_END),
                rows(100_000, "<c s=\"0\"><v>1</v></c>"));
        workbook("number-digits", SHEET, rows(20, "<c><v>", times(MILLION, "7"), "</v></c>"));
        workbook("number-exponent", SHEET, rows(20, "<c><v>1E2147483647</v></c>"));
        workbook("number-fraction", SHEET, rows(20, "<c s=\"0\"><v>1E-2147483647</v></c>"));
    }

    /**
     * 16,384 columns with names of 10,000 characters each; 37 bytes that become 16,384 cells; texts so many that their number alone
     * fills a disk, and one that each row shows again; places that are none, or go backwards.
     */
    void sheets() throws IOException {
        workbook("columns-long", new String[] {STRINGS, SHEET}, all("<sst><si><t>", "x".repeat(10_000), "</t></si></sst>"),
                all("<worksheet><row><c t=\"str\"><v>email</v></c>", times(16_383, "<c t=\"s\"><v>0</v></c>"), "</row>", SHEET_END));
        workbook("columns-far", SHEET, rows(MILLION, "<c r=\"XFD1\"><v>1</v></c>"));
        workbook("strings-many", STRINGS, "<sst>", times(80 * MILLION, "<si/>"), "</sst>");
        workbook("strings-again", new String[] {STRINGS, SHEET}, all("<sst><si><t>", times(MILLION, "x"), "</t></si></sst>"),
                rows(10_000, "<c t=\"s\"><v>0</v></c>"));
        workbook("place-row", SHEET, SHEET_START, "<row r=\"2147483648\"/><row r=\"99999999999999999999\"/>", SHEET_END);
        workbook("place-far", SHEET, SHEET_START, "<row><c r=\"ZZZZZZZ1\" t=\"str\"><v>x</v></c></row>", SHEET_END);
        workbook("place-back", SHEET, rows(10_000, each(26, i -> "<c r=\"" + (char) ('Z' - i) + "1\" t=\"str\"><v>x</v></c>")));
    }

    void headers() throws IOException {
        gzip("header-long.csv", MAIL, "email,", times(MILLION, "x"), "\na@b.example,\n");
        gzip("header-wide.csv", MAIL, "email", each(16_383, i -> "," + name(i)),
                each(10, i -> "\n" + i + "@b.example" + ",x@y".repeat(16_383)), "\n");
        gzip("header-control.csv", ATTRIBUTES, "email", each(25, i -> "," + i + "\u0001".repeat(10_000)), "\n",
                each(100_000, i -> i + "@b.example" + ",x".repeat(25) + "\n"));
    }

    /** Names of columns that are stored again with every row. */
    void attributes() throws IOException {
        gzip("attributes-long.csv", ATTRIBUTES, "email", each(25, i -> "," + i + "x".repeat(10_000)), "\n",
                each(200_000, i -> i + "@b.example" + ",x".repeat(25) + "\n"));
        gzip("attributes-many.csv", ATTRIBUTES, "email", each(260, i -> "," + i + "x".repeat(990)), "\n",
                each(20_000, i -> i + "@b.example" + ",x".repeat(260) + "\n"));
    }

    /** A reason that is longer than its row, and cells that are longer as JSON. */
    void rejects() throws IOException {
        String name = "x".repeat(10_000);
        gzip("rejects-reason.csv", MAIL.replace(":\"email\"}", ":\"" + name + "\"}"), name, "\n", times(MILLION, "a\n"));
        gzip("rejects-cells.csv", MAIL, "email\n", times(60, ",a".repeat(500_000) + "\n"));
        gzip("rejects-control.csv", MAIL, "email\n", times(60, "\u0001".repeat(MILLION) + "\n"));
    }

    /** What a normal form puts in order, mark by mark, and what it makes longer. */
    void combiningMarks() throws IOException {
        String marks = "\u0301".repeat(120_000) + "\u0316".repeat(120_000);
        gzip("marks-header.csv", MAIL, "email,x", marks, "\na@b.example,\n");
        gzip("marks-cells.csv", MAIL, "email\n", times(50, "x" + marks + "@b.example\n"));
        gzip("marks-domain.csv", MAIL, "email\n", times(50, "x@\u00e4" + marks + ".example\n"));
        gzip("marks-grow.csv", MAIL, "email", each(1_000, i -> "," + i + "\uFB2C".repeat(80)), "\na@b.example",
                ",".repeat(1_000), "\n");
    }

    void delimiters() throws IOException {
        gzip("delimiters.csv", ATTRIBUTES, "email,a\n", times(100, ",".repeat(MILLION) + "\n"));
        gzip("delimiters-header.csv", MAIL, ",".repeat(MILLION), "\na@b.example\n");
        gzip("delimiters-quotes.csv", MAIL, "email\n\"", times(60 * MILLION, "\"\""), "\"\n");
    }

    void archives() throws IOException {
        write("zip-parts.xlsx", MAIL, out -> {
            ZipOutputStream zip = new ZipOutputStream(out);
            for (int i = 0; i < 60_000; i++) zip.putNextEntry(new ZipEntry(name(i)));
            zip.finish();
        });
        gzip("gzip-zeros.csv", MAIL, times(1_000 * MILLION, "\0"));
        gzip("gzip-rows.csv", MAIL, "email\n", times(400 * MILLION, "a\n"));
        gzip("gzip-again.csv.gz", MAIL, gzipped(times(100 * MILLION, "email\n")));
        write("gzip-members.csv.gz", MAIL, out -> {
            for (int i = 0; i < 100_000; i++) new GZIPOutputStream(out).finish();
        });
    }

    void namesInJson() throws IOException {
        Content object = each(80, i -> ",\"" + i + "x".repeat(9_900) + "\":1");
        gzip("names.json", MAIL, "[{\"email\":\"a@b.example\"", each(MILLION, i -> "},{\"" + name(i) + "\":1"), "}]");
        gzip("names-long.json", MAIL, "[{\"email\":1}", each(200, row -> ",{\"email\":1"
                + names(80, i -> row + "." + i + "x".repeat(9_900)) + "}"), "]");
        gzip("names-nested.json", MAIL, "[{\"email\":1}", each(500, row -> ",{\"email\":{\"a\":1"
                + names(80, i -> row + "." + i + "x".repeat(9_900)) + "}}"), "]");
        gzip("names-again.json", MAIL, "[{\"email\":1}", times(500, ",{\"email\":{\"a\":1", object, "}}"), "]");
        Content first = all("[{\"email\":\"a@b.example\"", each(16_383, i -> ",\"" + name(i) + "\":1"), "}");
        gzip("columns-late.json", ATTRIBUTES, first, times(5 * MILLION, ",{\"" + name(16_382) + "\":1}"), "]");
        gzip("columns-short.json", ATTRIBUTES, first, times(5 * MILLION, ",{\"email\":1}"), "]");
    }

    void valuesInJson() throws IOException {
        gzip("values-arrays.json", MAIL, "[{\"email\":", times(100 * MILLION, "["));
        gzip("values-objects.json", MAIL, "[{\"email\":", times(20 * MILLION, "{\"a\":"));
        gzip("values-digits.json", MAIL, "[{\"email\":", times(100 * MILLION, "7"), "}]");
        gzip("values-numbers.json", MAIL, "[{\"email\":1}",
                times(100_000, ",{\"email\":[1e999999999,-1e-999999999," + "7".repeat(900) + "]}"), "]");
        String long100 = names(100, i -> "k" + i).replace(":1", ":\"" + "x".repeat(9_900) + "\"");
        gzip("lines.ndjson", ATTRIBUTES, each(60, i -> "{\"email\":\"" + i + "@b.example\"" + long100 + "}\n"));
        gzip("lines-escaped.ndjson", ATTRIBUTES,
                each(20, i -> "{\"email\":\"" + i + "@b.example\",\"k\":\"" + "\\u0001".repeat(MILLION) + "\"}\n"));
    }

    private void gzip(String name, String mapping, Object... content) throws IOException {
        write(name + ".gz", mapping, gzipped(all(content)));
    }

    private static Content gzipped(Content content) {
        return out -> {
            GZIPOutputStream gzip = new GZIPOutputStream(out, 1 << 16);
            content.write(gzip);
            gzip.finish();
        };
    }

    private void workbook(String name, String part, Object... content) throws IOException {
        workbook(name, new String[] {part}, all(content));
    }

    /** A sound one but for these parts. */
    private void workbook(String name, String[] names, Content... contents) throws IOException {
        Map<String, Content> parts = new LinkedHashMap<>();
        parts.put(BOOK, all("<workbook><sheets><sheet name=\"S\" id=\"r1\"/></sheets></workbook>"));
        parts.put(RELATIONS, all("<Relationships><Relationship Id=\"r1\" Target=\"worksheets/sheet1.xml\"/></Relationships>"));
        parts.put(STYLES, all(FORMAT_START, "0.00", FORMAT_END));
        parts.put(STRINGS, all("<sst/>"));
        parts.put(SHEET, all(SHEET_START, SHEET_END));
        for (int i = 0; i < names.length; i++) parts.put(names[i], contents[i]);
        write(name + ".xlsx", MAIL, out -> {
            ZipOutputStream zip = new ZipOutputStream(out);
            for (Map.Entry<String, Content> part : parts.entrySet()) {
                zip.putNextEntry(new ZipEntry(part.getKey()));
                OutputStream buffer = new BufferedOutputStream(zip, 1 << 16);
                part.getValue().write(buffer);
                buffer.flush();
            }
            zip.finish();
        });
    }

    private void write(String name, String mapping, Content content) throws IOException {
        if (!name.contains(word)) return;
        Files.writeString(folder.resolve(name + ".mapping"), mapping);
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(folder.resolve(name)), 1 << 16)) {
            content.write(out);
        }
    }

    private static Content rows(int count, Object... cells) {
        return all(SHEET_START, times(count, "<row>", all(cells), "</row>"), SHEET_END);
    }

    private static String names(int count, IntFunction<String> name) {
        StringBuilder names = new StringBuilder();
        for (int i = 0; i < count; i++) names.append(",\"").append(name.apply(i)).append("\":1");
        return names.toString();
    }

    private static String name(int number) {
        return "n" + Integer.toString(number, 36);
    }

    private static Content each(int count, IntFunction<String> text) {
        return out -> {
            for (int i = 0; i < count; i++) out.write(text.apply(i).getBytes(StandardCharsets.UTF_8));
        };
    }

    private static Content times(int count, Object... parts) {
        if (parts.length > 1 || !(parts[0] instanceof String text))
            return out -> {
                for (int i = 0; i < count; i++) all(parts).write(out);
            };
        int often = Math.max(1, 65_536 / text.length());
        byte[] block = text.repeat(Math.min(count, often)).getBytes(StandardCharsets.UTF_8);
        return out -> {
            int left = count;
            for (; left >= often; left -= often) out.write(block);
            out.write(text.repeat(left).getBytes(StandardCharsets.UTF_8));
        };
    }

    private static Content all(Object... parts) {
        return out -> {
            for (Object part : parts)
                if (part instanceof Content content) content.write(out);
                else out.write(((String) part).getBytes(StandardCharsets.UTF_8));
        };
    }

    private interface Content {
        void write(OutputStream out) throws IOException;
    }
}
