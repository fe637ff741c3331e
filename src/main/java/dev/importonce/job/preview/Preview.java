package dev.importonce.job.preview;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.importonce.source.format.Format;
import dev.importonce.source.format.Notice;
import dev.importonce.target.merge.Reject;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * The result of a preview: what an import would do.
 *
 * @param format the format in which the file is read
 * @param columns its header
 * @param sampleRows the cells of its first rows
 * @param sampleRowNumbers their numbers in the file
 * @param suggestedMapping a mapping to start from: fields for which a matching column was found
 * @param suggestedMappings a suggestion for each target, the likeliest first; only for the mapping's target when a mapping
 *     was sent
 * @param summary the outcome of its rows; null when no mapping was sent
 * @param rejects the first rows that would not be imported; null when no mapping was sent
 * @param notices facts about the file or the preview that its owner may not expect
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

    /** A part of a mapping; it can be sent as it is, if it has the target's natural key. */
    @RegisterForReflection
    @Schema(name = "SuggestedMapping")
    record Suggested(String target, Map<String, String> fields) {}

    /** Numbers of rows by outcome; the last six add up to the first. */
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
