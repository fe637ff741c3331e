package dev.importonce.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.importonce.fixture.Cases;
import dev.importonce.fixture.Formats;
import dev.importonce.fixture.Imports;
import dev.importonce.fixture.TestPostgres;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files that are no table, called what they are; and tables that were compressed oddly. */
@QuarkusTest
@QuarkusTestResource(TestPostgres.class)
class ForeignApiTest {
    private static final String EMAIL = "{\"target\": \"contacts\", \"fields\": {\"email\": \"email\"}}";

    /** One that takes every byte would make an import of anything. */
    private static final String ANY_BYTE = """
            {"target": "contacts", "fields": {"email": "email"}, "format": {"type": "csv", "encoding": "ISO-8859-1"}}
            """;

    @ParameterizedTest
    @CsvSource({
        "20-binary-called-wrong-encoding.comp_7z.7z, a 7z archive",
        "20-binary-called-wrong-encoding.pdf_as_csv.csv, a PDF document",
        "20-binary-called-wrong-encoding.real_libreoffice_xls.xls, before 2007",
        "20-binary-called-wrong-encoding.real_password_xlsx.xlsx, an Excel file with a password",
        "21-html-and-xml-as-xls.html_as_xls.xls, a web page (HTML)",
        "21-html-and-xml-as-xls.real_sheetjs_html_xls.html.xls, a web page (HTML)",
        "21-html-and-xml-as-xls.rtf_as_csv.csv, a RTF document"
    })
    void a_file_that_is_no_table_is_called_what_it_is(String file, String name) {
        refused(Cases.file(file), name);
        refused(Formats.gzip(Cases.file(file)), name);
    }

    @Test
    void signatures_are_known() {
        refused(bytes("BZh91AY&SY and more"), "a bzip2 archive");
        refused(bytes("Rar!\u001a\u0007\0"), "a RAR archive");
        refused(bytes("\u00fd7zXZ\0"), "an xz archive");
        refused(bytes("\u0028\u00b5\u002f\u00fd"), "a Zstandard archive");
        refused(bytes("\u0089PNG\r\n\u001a\n"), "a PNG image");
        refused(bytes("\u00ff\u00d8\u00ff\u00e0"), "a JPEG image");
        refused(bytes("SQLite format 3\0"), "a SQLite database");
        refused(bytes("PAR1"), "a Parquet file");
        refused(bytes("x".repeat(257) + "ustar"), "a tar archive");
        refused(bytes("\n BEGIN:VCARD\nFN:Ann\n"), "a list of vCards");
        refused(
                bytes("<?xml version=\"1.0\"?><Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\">"),
                "of 2003");
        refused(bytes("<?xml version=\"1.0\"?><contacts/>"), "an XML file");
        refused("\uFEFF<HTML>".getBytes(StandardCharsets.UTF_16LE), "a web page (HTML)");
        refused(Formats.gzip(Formats.gzip(Formats.gzip(Imports.csv("a@b.de,A,B")))), "more than twice");
    }

    @Test
    void what_only_begins_alike_is_a_table() {
        for (String name : new String[] {"body", "BZh", "begin", "Rar", "PAR", "<html", "% PDF", "II*"}) {
            byte[] file = (name + ",email\nx,begins@example.com\n").getBytes(StandardCharsets.UTF_8);
            if (!name.equals("<html"))
                assertEquals(202, Imports.run(file, EMAIL).statusCode(), name);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "01-gzip-tail-dropped.gz_second_member_bad_magic.csv.gz",
        "01-gzip-tail-dropped.gz_second_member_bad_method.csv.gz",
        "01-gzip-tail-dropped.gz_second_member_header_cut.csv.gz"
    })
    void a_damaged_second_member_is_refused(String file) {
        refused(Cases.file(file), "damaged or breaks off: its first");
    }

    @Test
    void a_second_member_and_padding_are_read() {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.writeBytes(Formats.gzip(Imports.csv("one@members.example,A,B")));
        file.writeBytes(Formats.gzip("two@members.example,A,B\n".getBytes(StandardCharsets.UTF_8)));
        file.writeBytes(new byte[70_000]);
        JsonPath job = Imports.imported(file.toByteArray(), EMAIL);
        assertEquals(2, job.getInt("progress.inserted"));
    }

    @Test
    void a_file_compressed_twice_is_read() {
        JsonPath job = Imports.imported(Cases.file("25-double-gzip.gz_double.csv.gz.gz"), EMAIL);
        assertTrue(job.getInt("progress.totalRows") > 0, job::prettify);
        assertEquals(0, job.getInt("progress.rejected"), job::prettify);
    }

    private static void refused(byte[] file, String name) {
        for (String mapping : new String[] {EMAIL, ANY_BYTE}) {
            Response response = Imports.run(file, mapping);
            assertEquals(422, response.statusCode(), response::asString);
            assertEquals("urn:importonce:problem:unreadable-file", response.path("type"));
            assertTrue(response.jsonPath().getString("detail").contains(name), response::asString);
        }
    }

    private static byte[] bytes(String latin1) {
        return latin1.getBytes(StandardCharsets.ISO_8859_1);
    }
}
