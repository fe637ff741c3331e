package dev.importonce.target.declare;

import dev.importonce.target.type.DecimalNumber;
import dev.importonce.target.type.Normaliser.Refused;
import dev.importonce.target.type.TextList;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;

/**
 * Turns the values of a declared target's mapped fields into those that are staged, one for each column: the values of a
 * reference by several columns become one array. Equal numbers are one key, with whatever decimals they are written.
 */
final class StagedValues implements RowRule {
    private final DeclaredField[] fields;
    private final int[] parts;
    private final int[] decimalKeys;
    private final boolean oneEach;

    private StagedValues(List<DeclaredField> fields, int keys) {
        this.fields = fields.toArray(DeclaredField[]::new);
        parts = fields.stream().mapToInt(field -> field.mapped().size()).toArray();
        oneEach = IntStream.of(parts).allMatch(each -> each == 1);
        decimalKeys = IntStream.range(0, keys)
                .filter(i -> fields.get(i).field().normaliser() instanceof DecimalNumber)
                .toArray();
    }

    /**
     * @param fields those whose values are staged
     * @param keys how many of them are the natural key
     */
    static RowRule of(List<DeclaredField> fields, int keys) {
        StagedValues rule = new StagedValues(fields, keys);
        return rule.oneEach && rule.decimalKeys.length == 0 ? NONE : rule;
    }

    @Override
    public String[] apply(String[] values, UUID userId) throws Refused {
        String[] staged = oneEach ? values : joined(values);
        for (int i : decimalKeys)
            staged[i] = new BigDecimal(staged[i]).stripTrailingZeros().toPlainString();
        return staged;
    }

    private String[] joined(String[] values) throws Refused {
        String[] staged = new String[parts.length];
        for (int i = 0, from = 0; i < parts.length; from += parts[i++])
            staged[i] = parts[i] == 1
                    ? values[from]
                    : array(fields[i], Arrays.asList(values).subList(from, from + parts[i]));
        return staged;
    }

    /** Null when all are blank; the other table is not asked for a part of its key. */
    private static String array(DeclaredField field, List<String> values) throws Refused {
        List<String> match = field.reference().match();
        List<String> blank = IntStream.range(0, values.size())
                .filter(i -> values.get(i) == null)
                .mapToObj(match::get)
                .toList();
        if (blank.size() == values.size()) return null;
        if (blank.isEmpty()) return TextList.array(values);
        throw new Refused(
                blank.size() == 1 ? "reference-part-blank" : "reference-parts-blank",
                field.field().name(),
                String.join(", ", match),
                String.join(", ", blank));
    }
}
