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

/**
 * How ambiguous cells are read, if the mapping does not say it: as the first cells of their columns can only be read. All
 * blocks of a file need the same evidence, which is that of its first block.
 *
 * @param rules field name to rules; without fields of whose columns nothing is known
 */
public record Evidence(Map<String, ValueRules> rules) {
    public static final Evidence NONE = new Evidence(Map.of());

    private static final int MOST_ROWS = 1000;
    private static final int MOST_CHARS = 1 << 20;

    /**
     * Whether a field's values may be ambiguous, and the mapping does not say how they are read. Not of the service's own
     * targets: an older instance may read a part of the same file.
     */
    public static boolean isSought(Target target, Layout layout) {
        return target.isDeclared() && target.fields().stream().anyMatch(field -> isSought(field, layout));
    }

    private static boolean isSought(Field field, Layout layout) {
        return layout.fields().containsKey(field.name())
                && field.normaliser() instanceof Ambiguous ambiguous
                && ambiguous.reading(layout.rules()).isEmpty();
    }

    /** @param rows those of the file's first block */
    public static Evidence of(Target target, Layout layout, UUID userId, Iterator<List<String>> rows) {
        RowMapper mapper = new RowMapper(target, layout, userId);
        Map<Integer, List<String>> samples = new HashMap<>();
        for (int i = 0; i < target.fields().size(); i++)
            if (isSought(target.fields().get(i), layout)) samples.put(i, new ArrayList<>());
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
        return new Evidence(rules);
    }
}
