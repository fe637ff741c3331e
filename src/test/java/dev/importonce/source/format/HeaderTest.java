package dev.importonce.source.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.importonce.fixture.Allocated;
import dev.importonce.fixture.Formats;
import dev.importonce.fixture.Table;
import dev.importonce.fixture.Workbooks;
import dev.importonce.problem.ProblemException;
import dev.importonce.problem.ProblemType;
import dev.importonce.source.block.Block;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the names of a file's columns may be, in every format. */
class HeaderTest {
    private static final String LONG = "x".repeat(10_000);

    @Test
    void names_have_a_limit_together() {
        String most = "x".repeat(Header.MAX_BYTES / 2);

        assertEquals(List.of(most, most), Header.of(List.of(most, " " + most)));
        refused(List.of(most, most, "x"), "262145 bytes together; they may have 262144");
    }

    @Test
    void names_are_measured_in_the_form_in_which_they_are_kept() {
        // Three bytes become six.
        refused(List.of("\uFB2C".repeat(50_000)), "300000 bytes");
    }

    @Test
    void a_column_without_a_name_is_called_by_its_place() {
        assertEquals(List.of("E-Mail", "Column 2", "Column 3"), Header.of(List.of("E-Mail", "", " \u0009")));
        assertEquals(List.of("Column 2", "Column 2*", "Column 3"), Header.of(List.of("Column 2", "", "")));
        assertEquals(List.of("", ""), Header.of(List.of("", " ")));
    }

    @Test
    void a_name_with_marks_upon_marks_is_refused() {
        refused(List.of("x" + "\u0301".repeat(100_000) + "\u0316".repeat(100_000)), "30 combining marks");
    }

    @Test
    void every_format_has_these_limits() {
        String csv = String.join(",", Collections.nCopies(27, LONG)) + "\n" + ",".repeat(26) + "\n";
        StringBuilder object = new StringBuilder("[{\"email\":1");
        for (int i = 0; i < 27; i++)
            object.append(",\"").append(i).append(LONG.substring(9)).append("\":1");
        String row = "<row>" + ("<c t=\"str\"><v>" + LONG + "</v></c>").repeat(27) + "</row>";

        for (byte[] file : List.of(
                bytes(csv),
                Formats.gzip(bytes(csv)),
                bytes(object + "}]"),
                bytes(object.substring(1) + "}\n"),
                Workbooks.with(Workbooks.SHEET, "<worksheet>" + row + row + "</worksheet>"))) {
            ProblemException refusal = assertThrows(ProblemException.class, () -> Table.of(file, FormatHint.NONE, 9));
            assertEquals(ProblemType.TOO_COMPLEX, refusal.type(), refusal::getMessage);
        }
    }

    @Test
    void the_longer_the_stored_names_are_the_fewer_rows_a_block_has() {
        StringBuilder csv = new StringBuilder("email");
        StringBuilder object = new StringBuilder("{\"email\":\"a\"");
        StringBuilder names = new StringBuilder("<c t=\"str\"><v>email</v></c>");
        for (int i = 0; i < 20; i++) {
            String name = i % 10 + LONG.substring(2) + i / 10;
            csv.append(',').append(name);
            object.append(",\"").append(name).append("\":1");
            names.append("<c t=\"str\"><v>").append(name).append("</v></c>");
        }
        csv.append('\n').append("a,1\n".repeat(200));
        String row = "<row><c t=\"str\"><v>a</v></c></row>";
        String sheet = "<worksheet><row>" + names + "</row>" + row.repeat(200) + "</worksheet>";
        String json = "[" + object + "}" + ",{\"email\":1}".repeat(199) + "]";

        for (byte[] file : List.of(
                bytes(csv.toString()),
                Formats.gzip(bytes(csv.toString())),
                bytes(json),
                Workbooks.with(Workbooks.SHEET, sheet))) {
            // 8 MiB by a little more than 200,000 bytes.
            List<Integer> rows = Table.of(file, FormatHint.NONE, 9_999).plan().blocks().stream()
                    .map(Block::rowCount)
                    .toList();
            assertEquals(List.of(41, 41, 41, 41, 36), rows);
        }
    }

    @Test
    void what_a_name_takes_is_counted_as_it_is_stored() throws IOException {
        for (String name : List.of("Ort", "Stra\u00dfe", "a\"b\\c", "\u0001\t\u001f", "\u65e5\u672c"))
            assertTrue(Header.bytesInJson(name) >= new ObjectMapper().writeValueAsBytes(name).length + 2, name);
        assertEquals(4 + 1, Header.bytesInJson("a"));
        assertEquals(4 + 6, Header.bytesInJson("\u0001"));
    }

    @Test
    void names_that_come_one_by_one_are_refused_before_they_are_kept() {
        StringBuilder file = new StringBuilder("[{\"email\":1}");
        for (int i = 0; i < 2_000; i++)
            file.append(",{\"").append(i).append(LONG.substring(9)).append("\":1}");

        byte[] json = bytes(file.append(']').toString());

        long allocated =
                Allocated.by(() -> assertThrows(ProblemException.class, () -> Table.of(json, FormatHint.NONE, 9_999)));

        assertTrue(allocated < 16 << 20, () -> allocated + " bytes were allocated");
    }

    private static void refused(List<String> names, String detail) {
        ProblemException refusal = assertThrows(ProblemException.class, () -> Header.of(names));
        assertEquals(ProblemType.TOO_COMPLEX, refusal.type());
        assertTrue(refusal.getMessage().contains(detail), refusal::getMessage);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
