package dev.importonce.source.detect;

import dev.importonce.problem.ProblemException;
import dev.importonce.problem.ProblemType;
import dev.importonce.words.Sentence;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Recognises files that have no table, or a table in a format that is not supported, by their first bytes (signatures as in
 * the formats' own specifications and in the list of the file command). The refusal names the kind of file and says what to
 * do.
 */
public final class Foreign {
    private static final List<Signature> SIGNATURES = List.of(
            new Signature("sevenzip-archive", 0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C),
            new Signature("rar-archive", 'R', 'a', 'r', '!', 0x1A, 0x07),
            new Signature("bzip2-archive", 'B', 'Z', 'h', Signature.ANY, 0x31, 0x41, 0x59, 0x26, 0x53, 0x59),
            new Signature("xz-archive", 0xFD, '7', 'z', 'X', 'Z', 0x00),
            new Signature("zstandard-archive", 0x28, 0xB5, 0x2F, 0xFD),
            new Signature("lz4-archive", 0x04, 0x22, 0x4D, 0x18),
            new Signature("empty-zip-archive", 'P', 'K', 5, 6),
            new Signature("packed-too-often", 0x1F, 0x8B),
            new Signature("pdf-document", '%', 'P', 'D', 'F', '-'),
            new Signature("png-image", 0x89, 'P', 'N', 'G', 0x0D, 0x0A, 0x1A, 0x0A),
            new Signature("jpeg-image", 0xFF, 0xD8, 0xFF),
            new Signature("gif-image", 'G', 'I', 'F', '8', Signature.ANY, 'a'),
            new Signature("tiff-image", 'I', 'I', 0x2A, 0x00),
            new Signature("tiff-image", 'M', 'M', 0x00, 0x2A),
            new Signature("rtf-document", '{', '\\', 'r', 't', 'f'),
            new Signature(
                    "sqlite-database", 'S', 'Q', 'L', 'i', 't', 'e', ' ', 'f', 'o', 'r', 'm', 'a', 't', ' ', '3', 0),
            new Signature("parquet-file", 'P', 'A', 'R', '1'),
            new Signature("avro-file", 'O', 'b', 'j', 1));

    private static final List<String> HTML =
            List.of("<!doctype html", "<html", "<head", "<body", "<table", "<meta", "<script", "<style", "<div");

    /** Number of characters of a text that are examined. */
    private static final int START_CHARS = 4096;

    private static final int TAR_MAGIC_AT = 257;
    private static final int DBASE_HEADER = 32;

    private Foreign() {}

    /**
     * Refuses a file of such a kind.
     *
     * @param start the file's first bytes, unpacked if it is compressed
     */
    public static void refuse(byte[] start) {
        sentence(start).ifPresent(code -> {
            throw new ProblemException(ProblemType.UNREADABLE_FILE, Sentence.of(code));
        });
    }

    /** The code of the sentence that refuses it. */
    private static Optional<String> sentence(byte[] start) {
        if (Encodings.starts(start, 0xD0, 0xCF, 0x11, 0xE0)) return Optional.of(compound(start));
        for (Signature signature : SIGNATURES) if (signature.begins(start)) return Optional.of(signature.sentence);
        if (hasAt(start, TAR_MAGIC_AT, "ustar", StandardCharsets.US_ASCII)) return Optional.of("tar-archive");
        if (isDbase(start)) return Optional.of("dbase-table");
        return markup(start);
    }

    /** An OLE 2 compound file: an Excel file from before 2007, or the container of a workbook with a password. */
    private static String compound(byte[] start) {
        return contains(start, "EncryptedPackage")
                ? "excel-with-password"
                : contains(start, "WordDocument") ? "word-document" : "excel-before-2007";
    }

    /**
     * Whether the file is dBase III or later: a date, and a header with fields of 32 bytes each, which ends with a carriage
     * return.
     */
    private static boolean isDbase(byte[] start) {
        if (start.length < 2 * DBASE_HEADER) return false;
        boolean version = start[0] == 3 || (start[0] & 0xFF) == 0x83 || (start[0] & 0xFF) == 0x8B;
        boolean date = start[2] >= 1 && start[2] <= 12 && start[3] >= 1 && start[3] <= 31;
        int header = (start[8] & 0xFF) + ((start[9] & 0xFF) << 8);
        return version && date && header > DBASE_HEADER && header <= start.length && start[header - 1] == 0x0D;
    }

    private static Optional<String> markup(byte[] start) {
        if (!mayBeMarkup(start)) return Optional.empty();
        String text = new String(start, 0, Math.min(start.length, START_CHARS), charset(start))
                .replace("\uFEFF", "")
                .stripLeading()
                .toLowerCase(Locale.ROOT);
        if (HTML.stream().anyMatch(text::startsWith)) return Optional.of("web-page");
        if (text.startsWith("begin:vcard")) return Optional.of("vcards");
        if (!text.startsWith("<?xml")) return Optional.empty();
        if (text.contains("urn:schemas-microsoft-com:office:spreadsheet")) return Optional.of("xml-spreadsheet");
        return Optional.of(text.contains("<html") ? "xhtml-page" : "xml-file");
    }

    /** Avoids decoding a file that begins, as nearly every file, with the name of a column. */
    private static boolean mayBeMarkup(byte[] start) {
        for (byte b : start) if (b > ' ') return b == '<' || b == 'b' || b == 'B';
        return false;
    }

    private static Charset charset(byte[] start) {
        return Encodings.starts(start, 0xFF, 0xFE)
                ? StandardCharsets.UTF_16LE
                : Encodings.starts(start, 0xFE, 0xFF) ? StandardCharsets.UTF_16BE : StandardCharsets.UTF_8;
    }

    /** Names in a compound file's directory are UTF-16. */
    private static boolean contains(byte[] bytes, String name) {
        int length = 2 * name.length();
        for (int at = 0; at + length <= bytes.length; at += 2)
            if (hasAt(bytes, at, name, StandardCharsets.UTF_16LE)) return true;
        return false;
    }

    private static boolean hasAt(byte[] bytes, int at, String text, Charset charset) {
        byte[] wanted = text.getBytes(charset);
        return at + wanted.length <= bytes.length
                && Arrays.equals(bytes, at, at + wanted.length, wanted, 0, wanted.length);
    }

    /** The first bytes of one kind of file. */
    private static final class Signature {
        static final int ANY = -1;

        /** The code of what is said about it. */
        private final String sentence;

        private final int[] bytes;

        Signature(String sentence, int... bytes) {
            this.sentence = sentence;
            this.bytes = bytes;
        }

        boolean begins(byte[] start) {
            if (start.length < bytes.length) return false;
            for (int i = 0; i < bytes.length; i++) if (bytes[i] != ANY && (start[i] & 0xFF) != bytes[i]) return false;
            return true;
        }
    }
}
