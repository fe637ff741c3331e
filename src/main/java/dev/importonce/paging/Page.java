package dev.importonce.paging;

import dev.importonce.words.Language;
import dev.importonce.words.Translated;
import java.util.List;
import java.util.function.Function;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A part of a list.
 *
 * @param nextCursor where the next part begins; null at the end
 */
public record Page<T>(
        List<T> items, @Schema(nullable = true) String nextCursor) implements Translated {
    /**
     * Makes a page of rows that were read with a limit of one more than requested: the additional row tells whether there is
     * a next page.
     *
     * @param cursor position of a row
     */
    public static <R, T> Page<T> of(List<R> rows, int limit, Function<R, T> view, Function<R, String> cursor) {
        boolean more = rows.size() > limit;
        List<R> shown = more ? rows.subList(0, limit) : rows;
        return new Page<>(shown.stream().map(view).toList(), more ? cursor.apply(shown.get(limit - 1)) : null);
    }

    @Override
    public boolean speaks() {
        return items.stream().anyMatch(Translated.class::isInstance);
    }

    @Override
    @SuppressWarnings("unchecked")
    public Page<T> in(Language language) {
        return new Page<>(
                items.stream()
                        .map(item -> item instanceof Translated each ? (T) each.in(language) : item)
                        .toList(),
                nextCursor);
    }

    /** Makes a page of rows that are shown unchanged. */
    public static <T> Page<T> of(List<T> rows, int limit, Function<T, String> cursor) {
        return of(rows, limit, Function.identity(), cursor);
    }
}
