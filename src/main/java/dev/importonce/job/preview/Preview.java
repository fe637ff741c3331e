package dev.importonce.job.preview;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.importonce.load.Reject;
import dev.importonce.source.format.Format;
import dev.importonce.source.format.Notice;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * What an import would do.
 *
 * @param format in which the file is read
 * @param columns its header
 * @param sampleRows the cells of its first rows
 * @param sampleRowNumbers their numbers in the file
 * @param suggestedMapping a mapping to start from, as far as columns look like fields
 * @param suggestedMappings the same for each target, the likeliest first; only the mapping's when one was sent
 * @param summary what would become of its rows; null when no mapping was sent
 * @param rejects the first rows that would not be imported; null when no mapping was sent
 * @param notices what about the file or the preview its owner may not expect
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
@RegisterForReflection
record Preview(
        Format format,
        List<String> columns,
        List<List<String>> sampleRows,
        List<Long> sampleRowNumbers,
        @Schema(nullable = true) Suggested suggestedMapping,
        List<Suggested> suggestedMappings,
        @Schema(nullable = true) Summary summary,
        @Schema(nullable = true) List<Reject> rejects,
        List<Notice> notices) {

    /** Enough of a mapping to be sent as it is, if it has the target's natural key. */
    @RegisterForReflection
    @Schema(name = "SuggestedMapping")
    record Suggested(String target, Map<String, String> fields) {}

    /** Rows by what would become of them; the last six add up to the first. */
    @RegisterForReflection
    @Schema(name = "PreviewSummary")
    record Summary(
            long totalRows,
            long wouldInsert,
            long wouldUpdate,
            long unchanged,
            long wouldSkip,
            long overridden,
            long wouldReject) {}
}
