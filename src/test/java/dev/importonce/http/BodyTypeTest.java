package dev.importonce.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BodyTypeTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/json",
                "Application/JSON",
                "application/json; charset=utf-8",
                " application/json ;a=b"
            })
    void case_and_parameters_make_no_difference_to_the_type(String header) {
        assertTrue(BodyType.of(header).isJson());
        assertFalse(BodyType.of(header).isMultipart());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            multipart/form-data; boundary=abc                      | abc
            multipart/form-data; charset=utf-8; BOUNDARY="a;b, c"  | a;b, c
            Multipart/Form-Data;boundary=----WebKitFormBoundary7MA | ----WebKitFormBoundary7MA
            """)
    void a_multipart_body_has_its_boundary(String header, String boundary) {
        BodyType type = BodyType.of(header);

        assertTrue(type.isMultipart());
        assertEquals(Optional.of(boundary), boundary(type));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"multipart/form-data", "multipart/form-data; boundary=", "multipart/form-data; boundary=\"\""})
    void a_boundary_may_be_missing(String header) {
        assertTrue(BodyType.of(header).isMultipart());
        assertEquals(Optional.empty(), boundary(BodyType.of(header)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text/csv",
                "TEXT/CSV;header=present",
                "application/octet-stream",
                "text/plain",
                "application/gzip"
            })
    void a_file_comes_under_any_of_the_types_that_files_have(String header) {
        assertTrue(BodyType.of(header).isFile());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text/html",
                "image/png",
                "multipart/form-data; boundary=a",
                "multipart/mixed",
                "text/csvx",
                "*/*",
                ";"
            })
    void a_file_comes_under_no_other_type(String header) {
        assertFalse(BodyType.of(header).isFile());
    }

    @Test
    void a_missing_header_is_no_type() {
        BodyType type = BodyType.of(null);

        assertEquals("", type.type());
        assertFalse(type.isFile() || type.isJson() || type.isMultipart());
    }

    private static Optional<String> boundary(BodyType type) {
        return type.boundary().map(bytes -> new String(bytes, StandardCharsets.ISO_8859_1));
    }
}
