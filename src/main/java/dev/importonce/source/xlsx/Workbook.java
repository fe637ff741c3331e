package dev.importonce.source.xlsx;

import com.fasterxml.aalto.UncheckedStreamException;
import dev.importonce.problem.ProblemException;
import dev.importonce.problem.ProblemType;
import dev.importonce.source.block.Plan;
import dev.importonce.source.block.Reading;
import dev.importonce.source.format.Format;
import dev.importonce.source.format.Notice;
import dev.importonce.source.table.HeadedTable;
import dev.importonce.source.table.TableWriter;
import dev.importonce.words.Sentence;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
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
 * An XLSX file (ECMA-376): reads the parts that the sheets share, then one sheet. Memory use is bounded, whatever the file
 * contains; larger data are in temporary files meanwhile.
 */
public final class Workbook implements Closeable {
    /** Limit for the list of parts, in bytes: about ten thousand parts. */
    private static final int MAX_DIRECTORY_BYTES = 1 << 20;

    /** Limit for the data kept about sheets, their parts and formats, in characters; each item counts some characters more. */
    private static final int MAX_KEPT = 1 << 20;

    private static final int KEPT_WITH_EACH = 16;

    /**
     * Additional characters of a number format, which takes most memory: allows about five thousand formats. Spreadsheet
     * programs allow a few hundred.
     */
    private static final int KEPT_WITH_FORMAT = 200;

    private static final int MAX_STYLES = 65_536;
    private static final int MOST_SHEETS_SHOWN = 100;

    private static final int BUFFER_BYTES = 64 * 1024;

    private final ZipFile zip;
    private final Map<String, ZipArchiveEntry> entries = new HashMap<>();
    private final Reading reading;
    private final SharedStrings strings;
    private final List<CellFormat> styles = new ArrayList<>();
    private final Map<String, String> parts = new HashMap<>();
    private final Map<String, String> byType = new HashMap<>();
    private final Map<String, String> sheets = new LinkedHashMap<>();
    private final List<String> visible = new ArrayList<>();
    private long kept;
    private boolean since1904;

    private Workbook(ZipFile zip, Reading reading, Spills spills) {
        strings = new SharedStrings(spills);
        this.zip = zip;
        this.reading = reading;
        for (ZipArchiveEntry entry : Collections.list(zip.getEntries()))
            entries.putIfAbsent(canonical(entry.getName()), entry);
    }

    /** Reads a sheet into a table; the plan's format names it. */
    public static Plan read(InputStream bytes, Reading reading, Format asked, TableWriter table, Spills spills) {
        return with(bytes, reading, spills, workbook -> workbook.read(asked, table));
    }

    /** The names of the workbook's sheets, in order. */
    public static List<String> sheets(InputStream bytes, Reading reading, Spills spills) {
        return with(bytes, reading, spills, workbook -> List.copyOf(workbook.sheets.keySet()));
    }

    private static <T> T with(InputStream bytes, Reading reading, Spills spills, Use<T> use) {
        try (bytes;
                Spill file = spills.begin();
                SpillChannel channel = new SpillChannel(file, MAX_DIRECTORY_BYTES)) {
            file.append(bytes);
            try (ZipFile zip = ZipFile.builder().setSeekableByteChannel(channel).get();
                    Workbook workbook = new Workbook(zip, reading, spills)) {
                channel.allow(Long.MAX_VALUE);
                workbook.readContents();
                return use.of(workbook);
            }
        } catch (IOException | XMLStreamException | UncheckedStreamException | IllegalArgumentException e) {
            throw unreadable("xlsx-damaged");
        }
    }

    private void readContents() throws IOException, XMLStreamException {
        ifPart(relations(""), xml -> readParts(xml, ""));
        parts.clear();
        String workbook = byType.getOrDefault("officeDocument", "xl/workbook.xml");
        ifPart(workbook, this::readSheets);
        ifPart(relations(workbook), xml -> readParts(xml, workbook));
        if (sheets.isEmpty()) throw unreadable("xlsx-without-sheet");
    }

    private Plan read(Format asked, TableWriter table) throws IOException, XMLStreamException {
        if (asked.sheet() != null) known(asked.sheet());
        ifPart(byType.getOrDefault("styles", "xl/styles.xml"), this::readStyles);
        ifPart(byType.getOrDefault("sharedStrings", "xl/sharedstrings.xml"), this::readStrings);
        String name = asked.sheet() == null ? firstTable() : asked.sheet();
        HeadedTable headed = new HeadedTable(table, asked, true);
        SheetReader sheet = new SheetReader(strings, styles, since1904, headed);
        ifPart(part(name), sheet::read);
        List<Notice> notices = new ArrayList<>(sheet.notices());
        if (asked.sheet() == null && sheets.size() > 1) notices.add(only(name));
        return headed.finish(asked.of(name), notices);
    }

    private Notice only(String name) {
        return Notice.of(Sentence.of("one-sheet", name), null, sheets.size() - 1L);
    }

    /** The first visible sheet that has a table; the first sheet is often a description or a chart. */
    private String firstTable() throws IOException, XMLStreamException {
        Collection<String> candidates = visible.isEmpty() ? sheets.keySet() : visible;
        String better = candidates.iterator().next();
        if (candidates.size() == 1) return better;
        SheetReader.Shape best = SheetReader.Shape.NOTHING;
        for (String name : candidates) {
            SheetReader sheet = new SheetReader(strings, styles, since1904, null);
            ifPart(part(name), sheet::look);
            if (sheet.shape().compareTo(best) > 0) {
                better = name;
                best = sheet.shape();
            }
            if (best == SheetReader.Shape.TABLE) break;
        }
        return better;
    }

    private void known(String wanted) {
        if (sheets.containsKey(wanted)) return;
        throw new ProblemException(
                ProblemType.UNKNOWN_SHEET,
                Sentence.of(
                        "unknown-sheet",
                        wanted,
                        sheets.keySet().stream().limit(MOST_SHEETS_SHOWN).collect(Collectors.joining(", "))));
    }

    private String part(String sheet) {
        return parts.getOrDefault(sheets.get(sheet), "");
    }

    /** The name of the part that lists the relations of a part. */
    private static String relations(String part) {
        int name = part.lastIndexOf('/') + 1;
        return part.substring(0, name) + "_rels/" + part.substring(name) + ".rels";
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

    /** Opens a part, which is stored or deflated (ECMA-376, part 2); other methods would need additional libraries. */
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

    /** Resolves the target of a relation: relative to the part, or absolute. */
    private static String resolved(String part, String target) {
        Deque<String> path = new ArrayDeque<>();
        String from = target.startsWith("/") ? "" : part.substring(0, part.lastIndexOf('/') + 1);
        for (String step : (from + canonical(target)).split("/"))
            if (step.equals("..")) path.pollLast();
            else if (!step.isEmpty() && !step.equals(".")) path.add(step);
        return String.join("/", path);
    }

    private void readSheets(Xml xml) throws XMLStreamException {
        while (xml.next()) {
            if (xml.isStart("workbookPr"))
                since1904 = xml.number("date1904", 0) == 1 || "true".equals(xml.attribute("date1904"));
            if (!xml.isStart("sheet") || xml.attribute("name") == null) continue;
            sheets.put(keep(xml.attribute("name"), KEPT_WITH_EACH), keep(xml.attribute("id"), KEPT_WITH_EACH));
            String state = xml.attribute("state");
            if (state == null || state.equals("visible")) visible.add(xml.attribute("name"));
        }
    }

    private void readParts(Xml xml, String part) throws XMLStreamException {
        while (xml.next()) {
            if (!xml.isStart("Relationship") || xml.attribute("Target") == null) continue;
            String target = keep(resolved(part, xml.attribute("Target")), KEPT_WITH_EACH);
            parts.put(keep(xml.attribute("Id"), KEPT_WITH_EACH), target);
            String type = xml.attribute("Type");
            if (type != null)
                byType.putIfAbsent(keep(type.substring(type.lastIndexOf('/') + 1), KEPT_WITH_EACH), target);
        }
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
            if (styles.size() > MAX_STYLES) throw Xml.tooComplex("xlsx-many-styles", MAX_STYLES);
        }
    }

    private void readStrings(Xml xml) throws XMLStreamException {
        StringBuilder buffer = new StringBuilder();
        while (xml.next()) if (xml.isStart("si")) strings.add(xml.text(buffer));
    }

    /** @param others the number of characters that are counted in addition; the text may be null */
    private String keep(String text, int others) {
        kept += others + (text == null ? 0 : text.length());
        if (kept > MAX_KEPT) throw Xml.tooComplex("xlsx-long-names", MAX_KEPT);
        return text;
    }

    private static ProblemException unreadable(String code) {
        return new ProblemException(ProblemType.UNREADABLE_FILE, Sentence.of(code));
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
