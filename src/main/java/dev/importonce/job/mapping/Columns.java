package dev.importonce.job.mapping;

import dev.importonce.json.JsonProperties;
import dev.importonce.key.Sha256;
import dev.importonce.problem.Fault;
import dev.importonce.problem.ProblemException;
import dev.importonce.problem.ProblemType;
import dev.importonce.source.block.Plan;
import dev.importonce.source.format.Header;
import dev.importonce.target.declare.Target;
import dev.importonce.target.merge.Layout;
import dev.importonce.target.merge.MergeRules;
import dev.importonce.target.merge.MergeRules.Rule;
import dev.importonce.target.type.Cells;
import dev.importonce.words.Sentence;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Applies a mapping to a file's header. */
public final class Columns {
    /** A column that a list of rejects has in addition; an import of the corrected list recognises and ignores it. */
    public static final String ROW = "_row";

    public static final String REASON = "_reason";

    /** Limit for names that are stored again with each row: this number of bytes, or a multiple of the file's size. */
    private static final long MAX_NAMES_BYTES = 1L << 30;

    private static final int MAX_NAMES_TIMES = 64;

    private Columns() {}

    /**
     * The source column of each field for a whole file; a problem also when the names of columns that become attributes take
     * too much space.
     */
    public static Layout layout(Mapping mapping, Plan plan) {
        Layout layout = layout(mapping, plan.header());
        // A JSON file has each name with each value already.
        if (plan.format().hasNamesInRows()) return layout;
        long names = plan.rowCount() * Header.bytesInJson(layout.attributes().keySet());
        long most = Math.max(MAX_NAMES_BYTES, MAX_NAMES_TIMES * plan.bytes());
        if (names > most)
            throw new ProblemException(
                    ProblemType.TOO_COMPLEX, Sentence.of("attribute-names-too-long", plan.rowCount(), names, most));
        return layout;
    }

    /** The source column of each field; a problem for a header that is missing or occurs twice. */
    public static Layout layout(Mapping mapping, List<String> file) {
        boolean corrected = corrected(file);
        List<String> header = corrected ? file.stream().map(Cells::unguard).toList() : file;
        Map<String, List<Integer>> positions = new LinkedHashMap<>();
        for (int i = 0; i < header.size(); i++)
            positions
                    .computeIfAbsent(fold(header.get(i)), name -> new ArrayList<>())
                    .add(i);
        List<Fault> missing = new ArrayList<>();
        List<Fault> twice = new ArrayList<>();
        Map<String, Integer> fields = new LinkedHashMap<>();
        mapping.fields().forEach((field, name) -> {
            String pointer = "/fields/" + JsonProperties.escape(field);
            // With or without formula guards: as the corrected file has the name, or as the original file had it.
            List<Integer> found = positions.getOrDefault(fold(corrected ? Cells.unguard(name) : name), List.of());
            if (found.isEmpty()) missing.add(Fault.at(pointer, Sentence.of("no-such-column", name)));
            else if (found.size() > 1) twice.add(Fault.at(pointer, Sentence.of("column-twice", found.size(), name)));
            else fields.put(field, found.get(0));
        });
        refuse(ProblemType.UNKNOWN_COLUMN, missing, header);
        Map<String, Integer> attributes = new LinkedHashMap<>();
        if (mapping.unmapped() == Mapping.Unmapped.ATTRIBUTES)
            positions.forEach((name, found) -> {
                boolean own = corrected && (name.equals(ROW) || name.equals(REASON));
                if (name.isEmpty() || own || fields.containsValue(found.get(0))) return;
                if (found.size() > 1)
                    twice.add(Fault.of(
                            header.get(found.get(0)),
                            Sentence.of("column-twice", found.size(), header.get(found.get(0)))));
                attributes.put(header.get(found.get(0)), found.get(0));
            });
        refuse(ProblemType.DUPLICATE_HEADER, twice, header);
        return new Layout(header, fields, attributes, corrected, clears(mapping), mapping.rules());
    }

    /** Whether the file with that header is a corrected list of rejects. */
    public static boolean corrected(List<String> header) {
        return header.stream().map(Columns::fold).collect(Collectors.toSet()).containsAll(List.of(ROW, REASON));
    }

    /**
     * A hash that is equal for two headers with the same names, as these are compared, in any order: a mapping names its
     * columns. A corrected list of rejects has the hash of its original file.
     */
    static Sha256 hash(List<String> header) {
        boolean corrected = corrected(header);
        MessageDigest digest = Sha256.digest();
        header.stream()
                .map(name -> fold(corrected ? Cells.unguard(name) : name))
                .filter(name -> !corrected || !name.equals(ROW) && !name.equals(REASON))
                .sorted()
                .map(name -> name.getBytes(StandardCharsets.UTF_8))
                .forEach(name -> {
                    digest.update(ByteBuffer.allocate(Integer.BYTES)
                            .putInt(name.length)
                            .array());
                    digest.update(name);
                });
        return Sha256.of(digest.digest());
    }

    /**
     * How values of the file change stored values.
     *
     * @param layout called only if blank attributes are to be cleared
     */
    public static MergeRules rules(Mapping mapping, Target target, Supplier<Layout> layout) {
        boolean fill = mapping.onExisting() == Mapping.OnExisting.FILL;
        boolean clear = clears(mapping);
        List<Rule> rules = target.fields().stream()
                .map(field ->
                        fill ? Rule.FILL : clear && mapping.fields().containsKey(field.name()) ? Rule.CLEAR : Rule.KEEP)
                .toList();
        return new MergeRules(
                mapping.onExisting() == Mapping.OnExisting.SKIP,
                rules,
                fill ? Rule.FILL : Rule.KEEP,
                clear && mapping.unmapped() == Mapping.Unmapped.ATTRIBUTES
                        ? List.copyOf(layout.get().attributes().keySet())
                        : List.of());
    }

    private static boolean clears(Mapping mapping) {
        return mapping.onExisting() != Mapping.OnExisting.FILL && mapping.onBlank() == Mapping.OnBlank.CLEAR;
    }

    private static void refuse(ProblemType type, List<Fault> faults, List<String> header) {
        if (faults.isEmpty()) return;
        List<String> shown = header.subList(0, Math.min(header.size(), 100));
        throw new ProblemException(
                type, Sentence.of("columns-found", faults.get(0).sentence(), String.join(", ", shown)), faults);
    }

    /** Trimmed as cells are, so that invisible characters in a header do not prevent a match. */
    private static String fold(String name) {
        return Cells.clean(name).toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
    }
}
