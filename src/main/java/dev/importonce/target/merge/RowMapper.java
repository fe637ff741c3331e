package dev.importonce.target.merge;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import dev.importonce.key.Nfc;
import dev.importonce.target.declare.Field;
import dev.importonce.target.declare.Target;
import dev.importonce.target.type.Ambiguous;
import dev.importonce.target.type.AmbiguousNumber;
import dev.importonce.target.type.CellCount;
import dev.importonce.target.type.Cells;
import dev.importonce.target.type.Normaliser;
import dev.importonce.target.type.Numbers;
import dev.importonce.target.type.OddCells;
import dev.importonce.target.type.RejectKind;
import dev.importonce.target.type.ValueRules;
import dev.importonce.words.Sentence;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Turns the cells of one record into the values of one target row, or into the reason why it is rejected. Not thread-safe. */
public final class RowMapper {
    /** Longest attribute value, in characters. */
    public static final int MAX_ATTRIBUTE = 10_000;

    private static final int QUOTED_CHARS = 60;

    /**
     * Number of columns without a field whose odd cells are counted: the first ones, so that they are the same in every
     * block, and not more than a job can show.
     */
    private static final int MOST_TOLD = 50;

    /** An unpaired surrogate in a file arrives here as U+0000; only JSON and XML can contain either. */
    private static final String UNSTORABLE = "character-not-storable";

    private final Target target;
    private final Layout layout;
    private final UUID userId;
    private final Field[] fields;
    private final List<Map<String, String>> replacements;
    private final ValueRules rulesOfNumbers;
    private final int[] columns;
    private final String[] values;
    private final ValueRules[] evidence;
    private final OddCells oddCells = new OddCells();

    /** For a file whose columns say nothing about their ambiguous cells. */
    public RowMapper(Target target, Layout layout, UUID userId) {
        this(target, layout, userId, ColumnEvidence.NONE);
    }

    /**
     * For one file and one target.
     *
     * @param userId the user who imports
     * @param evidence how ambiguous cells are read
     */
    public RowMapper(Target target, Layout layout, UUID userId, ColumnEvidence evidence) {
        this.userId = userId;
        this.target = target;
        this.layout = layout;
        this.rulesOfNumbers = layout.rules().ofNumbers();
        this.fields = target.fields().toArray(Field[]::new);
        this.values = new String[fields.length];
        this.replacements = target.fields().stream()
                .map(field -> layout.rules().values().getOrDefault(field.name(), Map.of()))
                .toList();
        this.evidence = target.fields().stream()
                .map(field -> evidence.rules().get(field.name()))
                .toArray(ValueRules[]::new);
        this.columns = target.fields().stream()
                .mapToInt(field -> layout.fields().getOrDefault(field.name(), -1))
                .toArray();
    }

    /**
     * Maps one record. Missing cells are blank; surplus cells reject the record, unless they are blank.
     *
     * @return the values to stage, the natural key first; null for blank or not mapped
     * @throws Normaliser.Refused with the whole reason, naming column and value
     */
    String[] map(List<String> cells) throws Normaliser.Refused {
        return map(cells, null);
    }

    /** @param numbers the places of cells that a spreadsheet or JSON has as numbers; null: none */
    String[] map(List<String> cells, BitSet numbers) throws Normaliser.Refused {
        for (int i = layout.columns().size(); i < cells.size(); i++)
            if (!Cells.isBlank(cells.get(i)))
                throw new Normaliser.Refused(
                        RejectKind.SURPLUS_CELLS,
                        Sentence.of(
                                "surplus-cells", cells.size(), layout.columns().size()));
        for (int i = 0; i < fields.length; i++) values[i] = columns[i] < 0 ? null : value(i, cells, numbers);
        return target.row().apply(values, userId);
    }

    /**
     * The cells of a record as a file of texts needs them to have the same meaning: what is a number in the file and goes into
     * a field of numbers is written with the mapping's decimal sign, and not as a percentage.
     */
    List<String> asTexts(List<String> cells, BitSet numbers) {
        if (numbers == null) return cells;
        List<String> texts = new ArrayList<>(cells);
        for (int i = 0; i < fields.length; i++) {
            boolean ofNumbers = fields[i].normaliser() instanceof AmbiguousNumber;
            if (ofNumbers && columns[i] >= 0 && columns[i] < cells.size() && numbers.get(columns[i]))
                texts.set(columns[i], layout.rules().numbers().written(Numbers.ofPercent(cells.get(columns[i]))));
        }
        return texts;
    }

    /** The reject of a record, for the list of rejects, which is a file of texts. */
    public Reject reject(long rowNumber, Sentence reason, List<String> cells, BitSet numbers) {
        return Reject.of(rowNumber, reason, PackedCells.of(asTexts(cells, numbers)));
    }

    private String value(int index, List<String> cells, BitSet numbers) throws Normaliser.Refused {
        Field field = fields[index];
        int column = columns[index];
        String value = text(index, cells);
        if (!value.isEmpty() && isBlankByError(column, value, target.requires(index))) return null;
        if (value.isEmpty()) {
            if (target.requires(index)) throw refused(RejectKind.BLANK, column, value, Sentence.of("blank"));
            return null;
        }
        if (OddCells.isNull(value)) oddCells.nothing(layout.columns().get(column));
        if (value.indexOf('\0') >= 0) throw refused(RejectKind.INVALID, column, value, Sentence.of(UNSTORABLE));
        if (!Nfc.isSafe(value))
            throw refused(RejectKind.INVALID, column, value, Sentence.of("too-many-marks", Nfc.MOST_MARKS));
        String normalised;
        try {
            normalised = isNumber(index, cells, numbers) ? ofNumber(field, value) : normalised(index, value);
        } catch (Normaliser.Refused e) {
            throw refused(e.kind(), column, value, e.reason());
        }
        if (normalised.length() > field.maxLength())
            throw refused(RejectKind.TOO_LONG, column, value, Sentence.of("too-long", field.maxLength()));
        if (field.normaliser().assumesUtc(value, layout.rules()))
            oddCells.utc(layout.columns().get(column));
        return normalised;
    }

    private String ofNumber(Field field, String value) throws Normaliser.Refused {
        Normaliser normaliser = field.normaliser();
        String number = normaliser instanceof AmbiguousNumber ? Numbers.ofPercent(value) : value;
        return normaliser.normalise(number, rulesOfNumbers);
    }

    /** Whether the cell of a field is a number in the file; what the mapping has in its place is a text. */
    private boolean isNumber(int index, List<String> cells, BitSet numbers) {
        return numbers != null
                && numbers.get(columns[index])
                && !replacements.get(index).containsKey(Cells.clean(cell(cells, columns[index])));
    }

    private String normalised(int index, String value) throws Normaliser.Refused {
        Normaliser normaliser = fields[index].normaliser();
        try {
            return normaliser.normalise(value, layout.rules());
        } catch (Normaliser.Refused e) {
            if (evidence[index] == null) throw e;
            String normalised = normaliser.normalise(value, evidence[index]);
            oddCells.asOthers(
                    layout.columns().get(columns[index]),
                    ((Ambiguous) normaliser).reading(evidence[index]).orElseThrow());
            return normalised;
        }
    }

    /** The cell of a field, clean and replaced as the mapping says. */
    private String text(int index, List<String> cells) {
        String text = Cells.clean(cell(cells, columns[index]));
        return replacements.get(index).getOrDefault(text, text);
    }

    /** The cell of a field as evidence for its column; empty: it is none. */
    String sample(int index, List<String> cells) {
        String value = text(index, cells);
        return value.isEmpty() || OddCells.isError(value) ? "" : value;
    }

    /** The attributes of a record that was mapped, as a JSON object; null when there are none. */
    String attributes(List<String> cells) throws Normaliser.Refused {
        if (layout.attributes().isEmpty()) return null;
        JsonStringEncoder encoder = JsonStringEncoder.getInstance();
        StringBuilder json = new StringBuilder("{");
        for (Map.Entry<String, Integer> attribute : layout.attributes().entrySet()) {
            int column = attribute.getValue();
            String value = cell(cells, column);
            if (Cells.isBlank(value) || isBlankByError(column, value.strip(), false)) continue;
            if (value.indexOf('\0') >= 0) throw refused(RejectKind.INVALID, column, value, Sentence.of(UNSTORABLE));
            if (value.length() > MAX_ATTRIBUTE)
                throw refused(RejectKind.TOO_LONG, column, value, Sentence.of("too-long", MAX_ATTRIBUTE));
            if (json.length() > 1) json.append(',');
            json.append('"');
            encoder.quoteAsString(attribute.getKey(), json);
            json.append("\":\"");
            encoder.quoteAsString(value, json);
            json.append('"');
        }
        return json.length() == 1 ? null : json.append('}').toString();
    }

    /** Whether the cell is an error of a spreadsheet: it counts as blank and must neither replace nor clear a stored value. */
    private boolean isBlankByError(int column, String value, boolean required) throws Normaliser.Refused {
        if (!OddCells.isError(value)) return false;
        if (required || layout.clears())
            throw refused(RejectKind.INVALID, column, value, Sentence.of("spreadsheet-error"));
        if (column < MOST_TOLD || layout.fields().containsValue(column))
            oddCells.error(layout.columns().get(column));
        return true;
    }

    /** Counts of the cells mapped so far that were read in a way that their sender may not expect. */
    public List<CellCount> oddCells() {
        return oddCells.list();
    }

    private String cell(List<String> cells, int column) {
        // Spreadsheets leave out the blank cells at the end of a row.
        String cell = column < cells.size() ? cells.get(column) : "";
        return Cells.unwrapped(layout.corrected() ? Cells.unguard(cell) : cell);
    }

    private Normaliser.Refused refused(RejectKind kind, int column, String value, Sentence reason) {
        String shown = start(value).replace('\0', '\uFFFD');
        return new Normaliser.Refused(kind, reason.about(start(layout.columns().get(column)), shown));
    }

    /**
     * The first characters, without dividing a surrogate pair: each rejected row has a reason, so that it must be short even
     * if a name is long.
     */
    private static String start(String text) {
        if (text.length() <= QUOTED_CHARS) return text;
        int end = Character.isHighSurrogate(text.charAt(QUOTED_CHARS - 1)) ? QUOTED_CHARS - 1 : QUOTED_CHARS;
        return text.substring(0, end) + "…";
    }
}
