package dev.importonce.source.detect;

import dev.importonce.problem.ProblemException;
import dev.importonce.problem.ProblemType;
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
    private static final String UNPACK = ". Unpack it and send the table that is in it.";
    private static final String NO_TABLE = ". Export the table that it shows as CSV or XLSX, and send that.";
    private static final String SAVE_AS_XLSX = ". Open it in your spreadsheet program and save it as .xlsx.";

    private static final List<Signature> SIGNATURES = List.of(
            new Signature("a 7z archive" + UNPACK, 0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C),
            new Signature("a RAR archive" + UNPACK, 'R', 'a', 'r', '!', 0x1A, 0x07),
            new Signature("a bzip2 archive" + UNPACK, 'B', 'Z', 'h', Signature.ANY, 0x31, 0x41, 0x59, 0x26, 0x53, 0x59),
            new Signature("an xz archive" + UNPACK, 0xFD, '7', 'z', 'X', 'Z', 0x00),
            new Signature("a Zstandard archive" + UNPACK, 0x28, 0xB5, 0x2F, 0xFD),
            new Signature("an LZ4 archive" + UNPACK, 0x04, 0x22, 0x4D, 0x18),
            new Signature("an empty ZIP archive" + UNPACK, 'P', 'K', 5, 6),
            new Signature(
                    "a file that was compressed more than twice. Unpack it and send it compressed once.", 0x1F, 0x8B),
            new Signature("a PDF document" + NO_TABLE, '%', 'P', 'D', 'F', '-'),
            new Signature("a PNG image" + NO_TABLE, 0x89, 'P', 'N', 'G', 0x0D, 0x0A, 0x1A, 0x0A),
            new Signature("a JPEG image" + NO_TABLE, 0xFF, 0xD8, 0xFF),
            new Signature("a GIF image" + NO_TABLE, 'G', 'I', 'F', '8', Signature.ANY, 'a'),
            new Signature("a TIFF image" + NO_TABLE, 'I', 'I', 0x2A, 0x00),
            new Signature("a TIFF image" + NO_TABLE, 'M', 'M', 0x00, 0x2A),
            new Signature("a RTF document" + NO_TABLE, '{', '\\', 'r', 't', 'f'),
            new Signature(
                    "a SQLite database. Export its table as CSV, and send that.",
                    'S',
                    'Q',
                    'L',
                    'i',
                    't',
                    'e',
                    ' ',
                    'f',
                    'o',
                    'r',
                    'm',
                    'a',
                    't',
                    ' ',
                    '3',
                    0),
            new Signature("a Parquet file. Export it as CSV or NDJSON, and send that.", 'P', 'A', 'R', '1'),
            new Signature("an Avro file. Export it as CSV or NDJSON, and send that.", 'O', 'b', 'j', 1));

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
        name(start).ifPresent(name -> {
            throw new ProblemException(ProblemType.UNREADABLE_FILE, "This is " + name);
        });
    }

    private static Optional<String> name(byte[] start) {
        if (Encodings.starts(start, 0xD0, 0xCF, 0x11, 0xE0)) return Optional.of(compound(start));
        for (Signature signature : SIGNATURES) if (signature.begins(start)) return Optional.of(signature.name);
        if (hasAt(start, TAR_MAGIC_AT, "ustar", StandardCharsets.US_ASCII))
            return Optional.of("a tar archive" + UNPACK);
        if (isDbase(start)) return Optional.of("a dBase table" + SAVE_AS_XLSX);
        return markup(start);
    }

    /** An OLE 2 compound file: an Excel file from before 2007, or the container of a workbook with a password. */
    private static String compound(byte[] start) {
        return contains(start, "EncryptedPackage")
                ? "an Excel file with a password. Save it without a password, as .xlsx."
                : contains(start, "WordDocument")
                        ? "a Word document" + NO_TABLE
                        : "an Excel file of the format before 2007, or one with a password."
                                + " Open it in your spreadsheet program and save it as .xlsx without a password.";
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
        if (HTML.stream().anyMatch(text::startsWith))
            return Optional.of(
                    "a web page (HTML), perhaps a sign-in page in place of the file, or a table that was saved as"
                            + " a web page under the name of a spreadsheet" + SAVE_AS_XLSX);
        if (text.startsWith("begin:vcard"))
            return Optional.of("a list of vCards. Export the contacts as CSV, and send that.");
        if (!text.startsWith("<?xml")) return Optional.empty();
        return Optional.of(
                text.contains("urn:schemas-microsoft-com:office:spreadsheet")
                        ? "an XML spreadsheet of 2003" + SAVE_AS_XLSX
                        : text.contains("<html")
                                ? "a web page (XHTML)" + SAVE_AS_XLSX
                                : "an XML file. Export its table as CSV, JSON or XLSX, and send that.");
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

        private final String name;
        private final int[] bytes;

        Signature(String name, int... bytes) {
            this.name = name;
            this.bytes = bytes;
        }

        boolean begins(byte[] start) {
            if (start.length < bytes.length) return false;
            for (int i = 0; i < bytes.length; i++) if (bytes[i] != ANY && (start[i] & 0xFF) != bytes[i]) return false;
            return true;
        }
    }
}
