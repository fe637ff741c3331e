package dev.importonce.job.reject;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.importonce.target.merge.Reject;
import dev.importonce.words.Language;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class RejectColumnsTest {
    private static final List<String> HEADER = List.of("E-Mail", "@handle");

    @Example
    void the_columns_of_the_file_come_first_then_row_and_reason() {
        RejectColumns columns = new RejectColumns(HEADER, Language.EN);

        assertEquals(List.of("E-Mail", "'@handle", "_row", "_reason"), columns.header());
        assertEquals(List.of("a", "'=1+1", "7", "E-Mail \"a\" has no @."), record(columns, "a", "=1+1"));
    }

    @Example
    void a_reason_is_guarded_like_any_other_cell() {
        Reject reject = new Reject(7, "=cmd() \"a\" has no @.", List.of("a"), null, null);

        assertEquals(
                List.of("a", "7", "'=cmd() \"a\" has no @."),
                new RejectColumns(List.of("=cmd()"), Language.EN).record(reject));
    }

    @Example
    void a_row_with_too_few_cells_gets_empty_ones() {
        assertEquals("", record(new RejectColumns(HEADER, Language.EN), "a").get(1));
    }

    @Example
    void cells_without_a_column_come_last_also_when_rejected_again() {
        RejectColumns first = new RejectColumns(HEADER, Language.EN);
        List<String> sent = record(first, "a", "b", "=c", "");

        assertEquals(List.of("a", "b", "7", "E-Mail \"a\" has no @.", "'=c", ""), sent);
        assertEquals(sent, record(new RejectColumns(first.header(), Language.EN), sent.toArray(String[]::new)));
    }

    @Example
    void row_and_reason_of_a_corrected_list_make_way_for_new_ones() {
        RejectColumns columns = new RejectColumns(List.of("E-Mail", "_row", "_reason", "City"), Language.EN);

        assertEquals(List.of("E-Mail", "City", "_row", "_reason"), columns.header());
        assertEquals(List.of("a", "Bonn", "7", "E-Mail \"a\" has no @."), record(columns, "a", "3", "Old.", "Bonn"));
    }

    @Property(tries = 500)
    void a_list_of_what_is_rejected_again_is_the_list_that_was_sent(
            @ForAll("cells") String name, @ForAll("cells") String cell) {
        RejectColumns first = new RejectColumns(List.of("E-Mail", name), Language.EN);
        List<String> sent = record(first, "a", cell);

        RejectColumns second = new RejectColumns(first.header(), Language.EN);

        assertEquals(first.header(), second.header());
        assertEquals(sent, record(second, sent.toArray(String[]::new)));
    }

    @Example
    void a_formula_typed_into_a_corrected_list_is_guarded_as_well() {
        RejectColumns columns = new RejectColumns(List.of("E-Mail", "_row", "_reason"), Language.EN);

        assertEquals("'=1", record(columns, "=1", "3", "Old.").get(0));
        assertEquals("'=1", record(columns, "'=1", "3", "Old.").get(0));
    }

    @Provide
    Arbitrary<String> cells() {
        return Arbitraries.strings().withChars("''=+-@＝;,|\"\t\na ").ofMaxLength(5);
    }

    private static List<String> record(RejectColumns columns, String... cells) {
        return columns.record(new Reject(7, "E-Mail \"a\" has no @.", List.of(cells), null, null));
    }
}
