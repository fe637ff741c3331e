package dev.importonce.job.preview;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonRawValue;
import dev.importonce.job.mapping.Mapping;
import dev.importonce.source.format.Format;
import dev.importonce.source.format.Notice;
import dev.importonce.target.merge.Reject;
import dev.importonce.target.type.Dates;
import dev.importonce.target.type.Numbers;
import dev.importonce.words.Language;
import dev.importonce.words.Translated;
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
 * @param suggestedMapping a mapping to start from: what this organisation used last for these columns; if it has used
 *     none, or one that cannot be used any more, the fields for which a matching column was found
 * @param remembered whether this organisation has used it
 * @param suggestedMappings a suggestion for each target, the last used and then the likeliest first; only for the
 *     mapping's target when a mapping was sent
 * @param summary the outcome of its rows; null when no mapping was sent
 * @param rejects the first rows that would not be imported; null when no mapping was sent
 * @param changes what would become of the first 100 natural keys, in the order of their rows; null when no mapping was sent
 * @param overridden the first 100 rows that a later row with the same natural key replaces; null when no mapping was sent
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
        boolean remembered,
        List<Suggested> suggestedMappings,
        @Schema(nullable = true) Summary summary,
        @Schema(nullable = true) List<Reject> rejects,

        @JsonRawValue @Schema(implementation = Change[].class, nullable = true)
        String changes,

        @JsonRawValue @Schema(implementation = Overridden[].class, nullable = true)
        String overridden,

        List<Notice> notices)
        implements Translated {

    @Override
    public Preview in(Language language) {
        return new Preview(
                format,
                columns,
                sampleRows,
                sampleRowNumbers,
                suggestedMapping,
                remembered,
                suggestedMappings,
                summary,
                rejects == null
                        ? null
                        : rejects.stream().map(each -> each.in(language)).toList(),
                changes,
                overridden,
                notices.stream().map(each -> each.in(language)).toList());
    }

    /**
     * What would become of a row.
     *
     * @param row its number in the file
     * @param key its natural key, by field
     * @param outcome {@code inserted}, {@code updated}, {@code unchanged} or {@code skipped}
     * @param fields by name, the stored and the new value; null is none
     */
    @RegisterForReflection
    @Schema(name = "PreviewChange")
    record Change(long row, Map<String, String> key, String outcome, Map<String, List<String>> fields) {}

    /**
     * A row that would be replaced by a later one.
     *
     * @param row its number in the file
     * @param by the number of the row that counts
     */
    @RegisterForReflection
    @Schema(name = "OverriddenRow")
    record Overridden(long row, long by) {}

    /**
     * A mapping, or a part of one: it can be sent as it is, if it has the target's natural key. All but its first two
     * properties are there only if it was used before.
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @RegisterForReflection
    @Schema(name = "SuggestedMapping")
    record Suggested(
            String target,
            Map<String, String> fields,
            String unmapped,
            String onExisting,
            String onBlank,
            Boolean undoable,
            Map<String, Map<String, String>> values,
            Numbers numbers,
            Dates dates) {
        static Suggested of(String target, Map<String, String> fields) {
            return new Suggested(target, fields, null, null, null, null, null, null, null);
        }

        static Suggested of(Mapping used) {
            return new Suggested(
                    used.target(),
                    used.fields(),
                    used.unmapped().word(),
                    used.onExisting().word(),
                    used.onBlank().word(),
                    used.undoable(),
                    used.values(),
                    used.numbers(),
                    used.dates());
        }
    }

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
