package dev.importonce.job.preview;

import dev.importonce.job.mapping.Mapping;
import dev.importonce.target.declare.Suggestion;
import dev.importonce.target.declare.Target;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * A possible target, and a mapping for it.
 *
 * @param place place among the targets that were used for the file's columns, from 0 on, the last used first; {@link
 *     Integer#MAX_VALUE}: it was not used
 */
record Guess(Target target, Preview.Suggested view, int place) {
    static final Comparator<Guess> LIKELIEST_FIRST = Comparator.comparingInt(Guess::place)
            .thenComparingLong(Guess::missing)
            .thenComparing(guess -> guess.target().name());

    /** @param used mappings by target, the last used first */
    static Guess of(Target target, Map<String, Mapping> used, List<String> columns, List<List<String>> sample) {
        Mapping last = used.get(target.name());
        if (last != null)
            return new Guess(
                    target,
                    Preview.Suggested.of(last),
                    List.copyOf(used.keySet()).indexOf(target.name()));
        return new Guess(
                target, Preview.Suggested.of(target.name(), Suggestion.of(target, columns, sample)), Integer.MAX_VALUE);
    }

    boolean isUsed() {
        return place < Integer.MAX_VALUE;
    }

    /** Number of required fields without a matching column: the fewer, the likelier the target. */
    private long missing() {
        return IntStream.range(0, target.fields().size())
                .filter(i -> target.requires(i)
                        && !view.fields().containsKey(target.fields().get(i).name()))
                .count();
    }
}
