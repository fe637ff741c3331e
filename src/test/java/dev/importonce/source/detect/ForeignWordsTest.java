package dev.importonce.source.detect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.importonce.problem.ProblemException;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** The kinds of files that people send most often in place of a table are named in each language. */
class ForeignWordsTest {
    private static final byte[] COMPOUND = {(byte) 0xD0, (byte) 0xCF, 0x11, (byte) 0xE0};

    @Test
    void the_usual_kinds_have_sentences_of_their_own() {
        assertEquals("pdf-document", code("%PDF-1.7".getBytes(StandardCharsets.UTF_8)));
        assertEquals("web-page", code("<html><table>".getBytes(StandardCharsets.UTF_8)));
        assertEquals("excel-before-2007", code(COMPOUND));
        assertEquals("excel-with-password", code(compound("EncryptedPackage")));
        assertEquals("word-document", code(compound("WordDocument")));
    }

    private static byte[] compound(String name) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(COMPOUND);
        bytes.writeBytes(name.getBytes(StandardCharsets.UTF_16LE));
        return bytes.toByteArray();
    }

    private static String code(byte[] file) {
        return assertThrows(ProblemException.class, () -> Foreign.refuse(file))
                .problem()
                .code();
    }
}
