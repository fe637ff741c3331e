package dev.importonce.problem;

import static dev.importonce.fixture.Send.utf8;

import dev.importonce.fixture.Imports;
import dev.importonce.fixture.Refusal;
import dev.importonce.fixture.Send;
import dev.importonce.fixture.Send.Part;
import dev.importonce.fixture.TestPostgres;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that cannot be imported. */
@QuarkusTest
@QuarkusTestResource(TestPostgres.class)
class FileErrorsApiTest extends RefusedRequests {
    private static final String UNREADABLE = "unreadable-file";

    @Test
    void a_file_without_bytes_is_empty() {
        imported(new byte[0]).is("empty-file", "The file has no bytes. Choose another file.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r\n\r\n\n", "\uFEFF", "\uFEFF\r\n"})
    void a_file_of_blank_lines_is_empty(String file) {
        imported(utf8(file)).is("empty-file", "The file has only blank lines. Choose another file.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"email,first,last", "email,first,last\n", "\uFEFFemail,first,last\r\n\r\n\r\n"})
    void a_header_without_rows_is_refused(String file) {
        imported(utf8(file))
                .is("no-data-rows", "The file has a header but no rows below it. Add rows, or choose another file.");
    }

    @Test
    void a_missing_column_is_refused_with_the_list_of_existing_ones() {
        imported(utf8("E-Mail, Vorname ,last\nann@example.com,Ann,Lee\n"))
                .is("unknown-column", "The file has no column \"email\". Columns found: E-Mail, Vorname, last.")
                .faults(
                        "/fields/email: The file has no column \"email\".",
                        "/fields/firstName: The file has no column \"first\".");
    }

    @Test
    void a_header_that_occurs_twice_is_refused() {
        imported(utf8("email,first,First ,last\nann@example.com,Ann,Anna,Lee\n"))
                .is("duplicate-header", "The file has 2 columns \"first\". Columns found: email, first, First, last.")
                .faults("/fields/firstName: The file has 2 columns \"first\".");
    }

    @Test
    void a_repeated_header_that_would_become_an_attribute_is_refused() {
        String mapping = """
                {"target": "contacts", "fields": {"email": "email"}, "unmapped": "attributes"}
                """;
        Refusal.of(Send.parts(Part.mapping(mapping), Part.file("email,tag,TAG\nann@example.com,a,b\n")))
                .is("duplicate-header", "The file has 2 columns \"tag\". Columns found: email, tag, TAG.")
                .faults("tag: The file has 2 columns \"tag\".");
    }

    @Test
    void a_header_with_a_character_that_no_database_keeps_is_refused() {
        imported(utf8("email,first,last,no\0te\nann@example.com,Ann,Lee,\n"))
                .is(
                        UNREADABLE,
                        "The name of a column has a character that cannot be stored: U+0000 or half a surrogate pair. Is this a file with a table?");
    }

    @Test
    void a_byte_that_is_not_utf8_is_refused_with_its_offset() {
        byte[] file = Imports.csv("ann@example.com,Ann,Zoë", "bob@example.com,Bob,Mxller");
        int offset = new String(file, StandardCharsets.ISO_8859_1).indexOf('x', 50);
        file[offset] = (byte) 0x81;
        imported(file).is(UNREADABLE, notUtf8(offset));
    }

    @Test
    void so_is_one_far_into_a_large_file() {
        byte[] file = Imports.csv("zoe@example.com,Zoë,Lee\n" + "ann@example.com,Ann,Lee\n".repeat(400_000));
        int offset = 8_765_432;
        file[offset] = (byte) 0x81;
        imported(file).is(UNREADABLE, notUtf8(offset));
    }

    @Test
    void a_character_cut_off_at_the_end_of_the_file_is_refused() {
        byte[] file = utf8("email,first,last\nann@example.com,Ann,Müller\n");
        int offset = file.length - 7;
        imported(Arrays.copyOf(file, offset + 1)).is(UNREADABLE, notUtf8(offset));
    }

    @Test
    void a_quote_that_is_never_closed_is_refused_with_its_row() {
        imported(
                        utf8(
                                "email,first,last\nann@example.com,Ann,Lee\nbob@example.com,\"Bob,Lee\neve@example.com,Eve,Lee\n"))
                .is(UNREADABLE, "A quote that opens in row 3 (byte 41 on) is never closed. Close it or remove it.");
    }

    @Test
    void a_quote_that_is_never_closed_does_not_swallow_a_large_file() {
        byte[] file = Imports.csv("ann@example.com,\"Ann,Lee\n" + "bob@example.com,Bob,Lee\n".repeat(400_000));
        imported(file).is(UNREADABLE, "A quote that opens in row 2 (cell 2) is never closed. Close it or remove it.");
    }

    @Test
    void a_header_without_an_end_is_refused() {
        imported(("A".repeat(1 << 21) + ",b\n1,2\n").getBytes(StandardCharsets.UTF_8))
                .is(UNREADABLE, "Row 1: The row is longer than 1048576 characters.");
    }

    @Test
    void a_file_refused_within_a_request_is_also_refused_by_itself() {
        Refusal.of(Send.post("/api/sources", "text/csv", utf8("email\n")))
                .is("no-data-rows", "The file has a header but no rows below it. Add rows, or choose another file.");
        Refusal.of(Send.post(Send.runWith(Imports.MAPPING), "text/csv", new byte[0]))
                .is("empty-file", "The file has no bytes. Choose another file.");
    }

    /** In either order of the parts: the file is read before or after its mapping is known. */
    private static Refusal imported(byte[] file) {
        Refusal refusal = Refusal.of(Send.parts(Part.mapping(), Part.file(file)));
        Refusal.of(Send.parts(Part.file(file), Part.mapping())).isProblem();
        return refusal;
    }

    private static String notUtf8(int offset) {
        return "The byte at offset " + offset
                + " is not UTF-8 text. Name the file's encoding in format.encoding of the mapping, or save the file as \"CSV UTF-8\".";
    }
}
