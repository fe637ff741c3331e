package dev.importonce.target.merge;

import dev.importonce.target.declare.Field;
import dev.importonce.target.declare.Target;
import dev.importonce.target.type.Ambiguous;
import dev.importonce.target.type.ValueRules;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * How ambiguous cells are read, if the mapping does not say it: as the first cells of their columns can only be read. All
 * blocks of a file need the same evidence, which is that of its first block.
 *
 * @param rules field name to rules; without fields of whose columns nothing is known
 */
public record ColumnEvidence(Map<String, ValueRules> rules) {
    static final ColumnEvidence NONE = new ColumnEvidence(Map.of());

    private static final int MOST_ROWS = 1000;
    private static final int MOST_CHARS = 1 << 20;

    /**
     * Not of the service's own targets: an older instance may read a part of the same file.
     *
     * @param rows those of the file's first block; asked for only if a field's values may be ambiguous, and the mapping does not
     *     say how they are read
     */
    public static ColumnEvidence of(Target target, Layout layout, UUID userId, Supplier<Iterator<List<String>>> rows) {
        Map<Integer, List<String>> samples = new HashMap<>();
        for (int i = 0; target.isDeclared() && i < target.fields().size(); i++)
            if (isSought(target.fields().get(i), layout)) samples.put(i, new ArrayList<>());
        return samples.isEmpty()
                ? NONE
                : of(target, layout, samples, new RowMapper(target, layout, userId), rows.get());
    }

    private static boolean isSought(Field field, Layout layout) {
        return layout.fields().containsKey(field.name())
                && field.normaliser() instanceof Ambiguous ambiguous
                && ambiguous.reading(layout.rules()).isEmpty();
    }

    private static ColumnEvidence of(
            Target target,
            Layout layout,
            Map<Integer, List<String>> samples,
            RowMapper mapper,
            Iterator<List<String>> rows) {
        int chars = 0;
        for (int n = 0; n < MOST_ROWS && chars < MOST_CHARS && rows.hasNext(); n++) {
            List<String> cells = rows.next();
            for (Map.Entry<Integer, List<String>> sample : samples.entrySet()) {
                String value = mapper.sample(sample.getKey(), cells);
                chars += value.length();
                if (!value.isEmpty()) sample.getValue().add(value);
            }
        }
        Map<String, ValueRules> rules = new HashMap<>();
        samples.forEach((i, sample) -> {
            Field field = target.fields().get(i);
            Ambiguous ambiguous = (Ambiguous) field.normaliser();
            ValueRules evidence = ambiguous.evidence(sample, layout.rules());
            if (ambiguous.reading(evidence).isPresent()) rules.put(field.name(), evidence);
        });
        return new ColumnEvidence(rules);
    }
}
