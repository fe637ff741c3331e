package dev.importonce.target.declare;

import dev.importonce.json.StrictJson;
import dev.importonce.problem.Fault;
import dev.importonce.words.Sentence;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Makes the target that a declaration describes. */
public final class DeclaredTarget {
    /**
     * Skips rows that a merge holds at this moment: that merge waits for the job's row, which the discarding transaction has
     * locked. Partitions or shards may have equal values of ctid, hence the conditions on job and user.
     */
    public static final String DISCARD = """
            delete from target_staging
            where job_id = ? and user_id = ? and owner_id = ? and ctid = any (array(
                select ctid from target_staging where job_id = ? and user_id = ? and owner_id = ? for update skip locked))
            """;

    public static final String STAGED = "select distinct job_id, user_id from target_staging";

    private DeclaredTarget() {}

    /** A declaration that is a part of the service, from a file of its own. */
    public static Target shipped(String resource) {
        try (InputStream in = DeclaredTarget.class.getResourceAsStream(resource)) {
            DeclarationReader.Outcome read = DeclarationReader.read(StrictJson.read(in, Targets.MAX_BYTES));
            if (!read.faults().isEmpty()) throw new IllegalStateException(resource + ": " + read.faults());
            return of(read.declaration().asShipped());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** With all its fields. */
    static Target of(Declaration declaration) {
        Set<String> all = declaration.fields().stream()
                .flatMap(field -> field.mapped().stream())
                .map(Field::name)
                .collect(Collectors.toSet());
        return of(declaration, all, declaration.attributes() != null);
    }

    /**
     * With the fields of a mapping.
     *
     * @throws TargetChanged when the declaration has not all these fields
     */
    static Target of(Declaration declaration, Set<String> mapped, boolean attributes) {
        List<DeclaredField> fields = new ArrayList<>();
        for (String key : declaration.key()) declaration.field(key).ifPresent(fields::add);
        int keyFields = fields.stream().mapToInt(field -> field.mapped().size()).sum();
        for (DeclaredField field : declaration.fields())
            if (!declaration.key().contains(field.field().name())
                    && field.mapped().stream().anyMatch(each -> mapped.contains(each.name()))) fields.add(field);
        List<Fault> gone = mapped.stream()
                .filter(name -> declaration.mapped(name).isEmpty())
                .map(name -> Fault.at("/fields", Sentence.of("target-field-gone", declaration.name(), name)))
                .toList();
        if (!gone.isEmpty()) throw new TargetChanged(gone);
        return new Target(
                declaration.name(),
                fields.stream().flatMap(field -> field.mapped().stream()).toList(),
                keyFields,
                StagedValues.of(fields, declaration.key().size()),
                fields.size(),
                attributes,
                new ImportStatements(stage(fields.size() + (attributes ? 1 : 0)), null, null, null, DISCARD, STAGED),
                declaration);
    }

    private static String stage(int values) {
        return "copy target_staging (job_id, user_id, share, block, owner_id, row_no, id, "
                + IntStream.rangeClosed(1, values).mapToObj(i -> "v" + i).collect(Collectors.joining(", "))
                + ") from stdin (format binary)";
    }
}
