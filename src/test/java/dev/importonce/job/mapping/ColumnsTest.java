package dev.importonce.job.mapping;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.importonce.fixture.Mappings;
import dev.importonce.key.Sha256;
import dev.importonce.problem.Fault;
import dev.importonce.problem.ProblemException;
import dev.importonce.problem.ProblemType;
import dev.importonce.source.block.Block;
import dev.importonce.source.block.Plan;
import dev.importonce.source.format.Format;
import dev.importonce.target.merge.Layout;
import dev.importonce.target.merge.MergeRules;
import dev.importonce.target.merge.MergeRules.Rule;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ColumnsTest {
    private static final String EMAIL_AND_COMPANY = "\"email\":\"E-Mail\",\"company\":\"Firm\"";

    @Test
    void each_field_finds_its_column() {
        Layout layout = layout(EMAIL_AND_COMPANY, "", "Firm", "x", "E-Mail");

        assertEquals(Map.of("email", 2, "company", 0), layout.fields());
        assertEquals(Map.of(), layout.attributes());
        assertEquals(List.of("Firm", "x", "E-Mail"), layout.columns());
        assertFalse(layout.corrected());
    }

    @Test
    void the_hash_of_a_header_is_that_of_its_names_in_any_order() {
        Sha256 hash = Columns.hash(List.of("E-Mail", "Größe", "Firm"));

        assertEquals(hash, Columns.hash(List.of("firm", "GRÖSSE ", "e-mail")));
        assertEquals(hash, Columns.hash(List.of("E-Mail", "Größe", "Firm", "_row", "_reason")));
        for (List<String> other : List.of(
                List.of("E-Mail", "Größe"),
                List.of("E-Mail", "Größe", "Firm", "Firm"),
                List.of("E-Mail", "Größe", "Firm", "_row"),
                List.of("E-MailGröße", "Firm"),
                List.of("E-Mail", "GrößeF", "irm"))) assertNotEquals(hash, Columns.hash(other), other::toString);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            E-Mail         | E-MAIL
            ` e-mail\t`    | E-Mail
            E-Mail         | `  e-mail `
            Me\u0301l      | m\u00c9l
            M\u00c9L       | me\u0301l
            \u01f0         | J\u030c
            STRASSE        | stra\u00dfe
            \u039f\u0394\u039f\u03a3 | \u03bf\u03b4\u03bf\u03c2
            \u039f\u0394\u039f\u03a3 | \u03bf\u03b4\u03bf\u03c3
            ID             | id
            `E-Mail\u00a0` | E-Mail
            `\u3000E-Mail` | E-Mail
            """)
    void headers_are_compared_trimmed_composed_and_without_case(String header, String named) {
        assertEquals(
                Map.of("email", 1),
                layout("\"email\":\"" + named + "\"", "", "x", header).fields());
    }

    @Test
    void two_fields_may_read_one_column() {
        assertEquals(
                Map.of("email", 0, "company", 0),
                layout("\"email\":\"Contact\",\"company\":\"contact\"", "", "Contact")
                        .fields());
    }

    @Test
    void a_header_that_is_missing_is_told_with_the_headers_found() {
        ProblemException problem = refused(EMAIL_AND_COMPANY, "", "Mail", "Firma");

        assertEquals(ProblemType.UNKNOWN_COLUMN, problem.type());
        assertEquals(List.of("/fields/company", "/fields/email"), pointers(problem));
        assertTrue(problem.getMessage().endsWith("Columns found: Mail, Firma."), problem.getMessage());
    }

    @Test
    void a_header_that_occurs_twice_is_told_if_it_is_mapped() {
        ProblemException problem = refused(EMAIL_AND_COMPANY, "", "E-Mail", "Firm", " e-mail");

        assertEquals(ProblemType.DUPLICATE_HEADER, problem.type());
        assertEquals(List.of("/fields/email"), pointers(problem));
        assertTrue(problem.getMessage().contains("2 columns \"E-Mail\""), problem.getMessage());
        assertEquals(
                Map.of("email", 0),
                layout("\"email\":\"E-Mail\"", "", "E-Mail", "x", "x").fields());
    }

    @Test
    void a_header_that_is_missing_comes_before_one_that_occurs_twice() {
        assertEquals(
                ProblemType.UNKNOWN_COLUMN,
                refused(EMAIL_AND_COMPANY, "", "E-Mail", "E-Mail").type());
    }

    @Test
    void of_very_many_headers_the_first_hundred_are_shown() {
        String[] header = Collections.nCopies(10_000, "x").toArray(String[]::new);

        String message = refused("\"email\":\"E-Mail\"", "", header).getMessage();

        assertTrue(
                message.endsWith("Columns found: " + String.join(", ", Collections.nCopies(100, "x")) + "."), message);
    }

    @Test
    void the_other_columns_become_attributes_in_file_order() {
        Layout layout = layout("\"email\":\"E-Mail\"", "attributes", "z", "E-Mail", "", "a", "y", "b", "\u00a0");

        assertEquals(
                List.of(Map.entry("z", 0), Map.entry("a", 3), Map.entry("y", 4), Map.entry("b", 5)),
                List.copyOf(layout.attributes().entrySet()));
    }

    @Test
    void a_repeated_header_is_reported_if_it_becomes_an_attribute() {
        ProblemException problem = refused("\"email\":\"E-Mail\"", "attributes", "E-Mail", "City", "CITY");

        assertEquals(ProblemType.DUPLICATE_HEADER, problem.type());
        assertEquals("City", problem.problem().errors().get(0).field());
    }

    @Test
    void row_and_reason_of_a_corrected_file_are_no_attributes() {
        Layout layout = layout("\"email\":\"E-Mail\"", "attributes", "E-Mail", "City", "_row", "_reason");

        assertTrue(layout.corrected());
        assertEquals(Map.of("City", 1), layout.attributes());
    }

    @Test
    void one_of_the_two_alone_is_a_column_like_any_other() {
        Layout layout = layout("\"email\":\"E-Mail\"", "attributes", "E-Mail", "_row");

        assertFalse(layout.corrected());
        assertEquals(Map.of("_row", 1), layout.attributes());
    }

    @Test
    void corrected_headers_lose_the_guard_of_the_list_of_rejects() {
        Layout layout = layout("\"email\":\"@mail\"", "attributes", "'@mail", "'=City", "'Tel", "_row", "_reason");

        assertEquals(Map.of("email", 0), layout.fields());
        assertEquals(Map.of("=City", 1, "'Tel", 2), layout.attributes());
    }

    @Test
    void a_corrected_files_header_may_be_named_with_its_guard_too() {
        assertEquals(
                Map.of("email", 0),
                layout("\"email\":\"'@mail\"", "", "'@mail", "_row", "_reason").fields());
    }

    @Test
    void a_header_of_any_other_file_keeps_its_apostrophe() {
        assertEquals(
                Map.of("email", 0), layout("\"email\":\"'@mail\"", "", "'@mail").fields());
        assertEquals(
                ProblemType.UNKNOWN_COLUMN,
                refused("\"email\":\"@mail\"", "", "'@mail").type());
    }

    @Test
    void a_file_updates_what_is_stored_and_its_blanks_do_not() {
        assertRules("", new MergeRules(false, List.of(Rule.KEEP, Rule.KEEP, Rule.KEEP), Rule.KEEP, List.of()));
    }

    @Test
    void blanks_clear_mapped_fields_and_attributes_if_asked_to() {
        assertRules(
                ",\"onBlank\":\"clear\"",
                new MergeRules(false, List.of(Rule.CLEAR, Rule.KEEP, Rule.CLEAR), Rule.KEEP, List.of("City")));
    }

    @Test
    void filling_touches_only_what_is_empty_whatever_blanks_would_do() {
        MergeRules fill = new MergeRules(false, List.of(Rule.FILL, Rule.FILL, Rule.FILL), Rule.FILL, List.of());

        assertRules(",\"onExisting\":\"fill\"", fill);
        assertRules(",\"onExisting\":\"fill\",\"onBlank\":\"clear\"", fill);
    }

    @Test
    void skipping_leaves_what_is_there() {
        assertRules(
                ",\"onExisting\":\"skip\"",
                new MergeRules(true, List.of(Rule.KEEP, Rule.KEEP, Rule.KEEP), Rule.KEEP, List.of()));
    }

    @Test
    void names_stored_in_every_row_may_not_far_exceed_the_file_size() {
        String name = "x".repeat(1_000);
        // 1,004 bytes a row, and 8 of the file.
        assertEquals(Map.of(name, 1), wide("csv", 1_000_000, name).attributes());
        ProblemException refusal = assertThrows(ProblemException.class, () -> wide("csv", 2_000_000, name));
        assertEquals(ProblemType.TOO_COMPLEX, refusal.type());
        assertTrue(
                refusal.getMessage().contains("2000000 rows")
                        && refusal.getMessage().contains("2008000000 bytes"),
                refusal::getMessage);

        assertEquals(Map.of(name, 1), wide("ndjson", 2_000_000, name).attributes());
    }

    private static Layout wide(String type, int rows, String name) {
        Format format = new Format(type, ",", "UTF-8", null, null, null, null, null, null);
        Block block = new Block(0, 0, 8 * rows, 0, 2, rows);
        return Columns.layout(
                Mappings.read(
                        "{\"target\":\"contacts\",\"fields\":{\"email\":\"E-Mail\"},\"unmapped\":\"attributes\"}"),
                new Plan(format, List.of("E-Mail", name), List.of(block), null, List.of()));
    }

    private static void assertRules(String more, MergeRules expected) {
        Mapping mapping = Mappings.read("{\"target\":\"contacts\",\"fields\":{" + EMAIL_AND_COMPANY
                + "},\"unmapped\":\"attributes\"" + more + "}");
        Layout layout = Columns.layout(mapping, List.of("E-Mail", "Firm", "City"));

        assertEquals(expected, Columns.rules(mapping, Mappings.CONTACTS, () -> layout));
    }

    private static Layout layout(String fields, String unmapped, String... header) {
        String more = unmapped.isEmpty() ? "" : ",\"unmapped\":\"" + unmapped + "\"";
        return Columns.layout(
                Mappings.read("{\"target\":\"contacts\",\"fields\":{" + fields + "}" + more + "}"), List.of(header));
    }

    private static ProblemException refused(String fields, String unmapped, String... header) {
        return assertThrows(ProblemException.class, () -> layout(fields, unmapped, header));
    }

    private static List<String> pointers(ProblemException problem) {
        return problem.problem().errors().stream().map(Fault::pointer).toList();
    }
}
