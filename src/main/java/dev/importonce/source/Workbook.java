package dev.importonce.source;

import com.fasterxml.aalto.UncheckedStreamException;
import dev.importonce.problem.ProblemException;
import dev.importonce.problem.ProblemType;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import javax.xml.stream.XMLStreamException;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;

/**
 * An XLSX file (ECMA-376): what its sheets share, then one of them. Memory stays flat, whatever they hold; what does not
 * fit lies in temporary files meanwhile.
 */
final class Workbook implements Closeable {
    /** Of the list of parts, in bytes: some ten thousand of them. */
    private static final int MAX_DIRECTORY_BYTES = 1 << 20;

    /** Of what is kept of its sheets, their parts and its formats: characters, and so many more for each. */
    private static final int MAX_KEPT = 1 << 20;

    private static final int KEPT_WITH_EACH = 16;

    /** A format of numbers takes most: some five thousand of them. Spreadsheet programs allow a few hundred. */
    private static final int KEPT_WITH_FORMAT = 200;

    private static final int MAX_STYLES = 65_536;
    private static final int MOST_SHEETS_SHOWN = 100;

    private static final int BUFFER_BYTES = 64 * 1024;

    private final ZipFile zip;
    private final Map<String, ZipArchiveEntry> entries = new HashMap<>();
    private final Reading reading;
    private final SharedStrings strings = new SharedStrings();
    private final List<CellFormat> styles = new ArrayList<>();
    private final Map<String, String> parts = new HashMap<>();
    private final Map<String, String> sheets = new LinkedHashMap<>();
    private String firstVisible;
    private long kept;
    private boolean since1904;

    private Workbook(ZipFile zip, Reading reading) {
        this.zip = zip;
        this.reading = reading;
        for (ZipArchiveEntry entry : Collections.list(zip.getEntries()))
            entries.putIfAbsent(canonical(entry.getName()), entry);
    }

    /** Reads a sheet into a table; the plan's format names it. */
    static Plan read(InputStream bytes, Reading reading, Format asked, TableWriter table) {
        return with(bytes, reading, workbook -> workbook.read(asked, table));
    }

    /** The names of its sheets, in their order. */
    static List<String> sheets(InputStream bytes, Reading reading) {
        return with(bytes, reading, workbook -> List.copyOf(workbook.sheets.keySet()));
    }

    private static <T> T with(InputStream bytes, Reading reading, Use<T> use) {
        try (bytes;
                Spill file = new Spill();
                SpillChannel channel = new SpillChannel(file, MAX_DIRECTORY_BYTES)) {
            file.append(bytes);
            try (ZipFile zip = ZipFile.builder().setSeekableByteChannel(channel).get();
                    Workbook workbook = new Workbook(zip, reading)) {
                channel.allow(Long.MAX_VALUE);
                workbook.readContents();
                return use.of(workbook);
            }
        } catch (IOException | XMLStreamException | UncheckedStreamException | IllegalArgumentException e) {
            throw unreadable("The XLSX file is damaged. Open it in your spreadsheet program and save it again.");
        }
    }

    private void readContents() throws IOException, XMLStreamException {
        ifPart("xl/workbook.xml", this::readSheets);
        ifPart("xl/_rels/workbook.xml.rels", this::readParts);
        if (sheets.isEmpty()) throw unreadable("The file is not an XLSX workbook with a worksheet.");
    }

    private Plan read(Format asked, TableWriter table) throws IOException, XMLStreamException {
        String name = sheet(asked.sheet());
        ifPart("xl/styles.xml", this::readStyles);
        ifPart("xl/sharedstrings.xml", this::readStrings);
        SheetReader sheet = new SheetReader(strings, styles, since1904, table);
        ifPart(part(name), sheet::read);
        return table.finish(new Format(Format.XLSX, null, null, name, asked.compression()), sheet.header());
    }

    private String sheet(String wanted) {
        if (wanted == null)
            return firstVisible == null ? sheets.keySet().iterator().next() : firstVisible;
        if (sheets.containsKey(wanted)) return wanted;
        throw new ProblemException(
                ProblemType.UNKNOWN_SHEET,
                "The file has no sheet \"" + wanted + "\". Sheets found: "
                        + sheets.keySet().stream().limit(MOST_SHEETS_SHOWN).collect(Collectors.joining(", ")) + ".");
    }

    private String part(String sheet) {
        String target = parts.getOrDefault(sheets.get(sheet), "");
        return canonical(target.startsWith("/") ? target : "xl/" + target);
    }

    private void ifPart(String name, Part part) throws IOException, XMLStreamException {
        ZipArchiveEntry entry = entries.get(name);
        if (entry == null) return;
        Inflater inflater = new Inflater(true);
        try (InputStream unpacked = reading.unpacked(plain(entry, inflater))) {
            part.read(new Xml(unpacked));
        } finally {
            inflater.end();
        }
    }

    /** A workbook's parts are stored or deflated (ECMA-376, part 2); other ways would need libraries that are not here. */
    private InputStream plain(ZipArchiveEntry entry, Inflater inflater) throws IOException {
        InputStream raw = zip.getRawInputStream(entry);
        return switch (entry.getMethod()) {
            case ZipEntry.STORED -> raw;
            case ZipEntry.DEFLATED -> new InflaterInputStream(raw, inflater, BUFFER_BYTES);
            default -> throw new ZipException("compression method " + entry.getMethod());
        };
    }

    private static String canonical(String name) {
        String path = name.replace('\\', '/').toLowerCase(Locale.ROOT);
        return path.startsWith("/") ? path.substring(1) : path;
    }

    private void readSheets(Xml xml) throws XMLStreamException {
        while (xml.next()) {
            if (xml.isStart("workbookPr"))
                since1904 = xml.number("date1904", 0) == 1 || "true".equals(xml.attribute("date1904"));
            if (!xml.isStart("sheet") || xml.attribute("name") == null) continue;
            sheets.put(keep(xml.attribute("name"), KEPT_WITH_EACH), keep(xml.attribute("id"), KEPT_WITH_EACH));
            if (firstVisible == null && xml.attribute("state") == null
                    || firstVisible == null && "visible".equals(xml.attribute("state")))
                firstVisible = xml.attribute("name");
        }
    }

    private void readParts(Xml xml) throws XMLStreamException {
        while (xml.next())
            if (xml.isStart("Relationship") && xml.attribute("Target") != null)
                parts.put(keep(xml.attribute("Id"), KEPT_WITH_EACH), keep(xml.attribute("Target"), KEPT_WITH_EACH));
    }

    private void readStyles(Xml xml) throws XMLStreamException {
        Map<Integer, String> codes = new HashMap<>();
        Map<Integer, CellFormat> formats = new HashMap<>();
        boolean ofCells = false;
        while (xml.next()) {
            if (xml.isStart("numFmt") && xml.attribute("formatCode") != null)
                codes.put(xml.number("numFmtId", 0), keep(xml.attribute("formatCode"), KEPT_WITH_FORMAT));
            if (xml.isStart("cellXfs")) ofCells = true;
            if (xml.isEnd("cellXfs")) ofCells = false;
            if (!ofCells || !xml.isStart("xf")) continue;
            styles.add(formats.computeIfAbsent(
                    xml.number("numFmtId", 0),
                    id -> codes.containsKey(id) ? CellFormat.of(codes.get(id)) : CellFormat.builtIn(id)));
            if (styles.size() > MAX_STYLES) throw Xml.tooComplex("has more than " + MAX_STYLES + " styles of cells");
        }
    }

    private void readStrings(Xml xml) throws XMLStreamException {
        StringBuilder buffer = new StringBuilder();
        while (xml.next()) if (xml.isStart("si")) strings.add(xml.text(buffer));
    }

    /** @param others how many characters more it counts; a text may be null */
    private String keep(String text, int others) {
        kept += others + (text == null ? 0 : text.length());
        if (kept > MAX_KEPT)
            throw Xml.tooComplex("has names of sheets, addresses of parts and formats of numbers of more than "
                    + MAX_KEPT + " characters together");
        return text;
    }

    private static ProblemException unreadable(String detail) {
        return new ProblemException(ProblemType.UNREADABLE_FILE, detail);
    }

    @Override
    public void close() throws IOException {
        strings.close();
    }

    private interface Use<T> {
        T of(Workbook workbook) throws IOException, XMLStreamException;
    }

    private interface Part {
        void read(Xml xml) throws XMLStreamException;
    }
}
