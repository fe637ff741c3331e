package dev.importonce.target.merge;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;

/**
 * A row that is not imported.
 *
 * @param row its number in the file; the header is row 1
 * @param reason a sentence for the person who sent the file
 * @param cells the cells, unchanged
 */
@RegisterForReflection
public record Reject(long row, String reason, List<String> cells) {}
