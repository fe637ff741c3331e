package dev.importonce.source.detect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.Charset;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** As {@code main} it prints how many files are read right, for the table in the documentation, src/docs/encodings.md. */
class CodePagesTest {
    private static final int[] ROWS = {1, 5, 50};

    /** Files whose encoding is told by their escapes, before code pages are looked at. */
    private static final String ESCAPED = "ISO-2022-JP";

    private int files;
    private int right;
    private int noticed;
    private int asked;
    private final List<String> wrong = new ArrayList<>();
    private final List<String> wrongInSilence = new ArrayList<>();

    @Test
    void no_name_is_silently_garbled_and_questions_are_rare() {
        for (NamedFiles language : NamedFiles.all()) for (String page : language.pages()) measure(language, page, 5, 8);

        assertEquals(List.of(), wrongInSilence);
        assertTrue(wrong.size() * 200 <= files, () -> wrong.size() + " of " + files + ": " + wrong);
        assertTrue(asked * 20 <= files, () -> asked + " of " + files + " were asked");
    }

    @Test
    void one_letter_in_one_row_is_asked_for_rather_than_garbled() {
        for (NamedFiles language : NamedFiles.all()) for (String page : language.pages()) measure(language, page, 1, 8);

        assertEquals(List.of(), wrongInSilence);
        assertTrue(wrong.size() * 100 <= files, () -> wrong.size() + " of " + files + ": " + wrong);
        assertTrue(right * 2 >= files, () -> right + " of " + files);
    }

    /** Prints a line of the table for each language and encoding. */
    public static void main(String... args) {
        int trials = Integer.parseInt(args[0]);
        CodePagesTest[] sums = {new CodePagesTest(), new CodePagesTest(), new CodePagesTest()};
        for (NamedFiles language : NamedFiles.all())
            for (String page : language.pages()) {
                StringBuilder line = new StringBuilder("| " + language.tag() + " | " + page);
                for (int i = 0; i < ROWS.length; i++) {
                    CodePagesTest one = new CodePagesTest();
                    one.measure(language, page, ROWS[i], trials);
                    line.append(" | ").append(one.shares());
                    sums[i].add(one);
                }
                System.out.println(line + " |");
            }
        StringBuilder line = new StringBuilder("| all |");
        for (CodePagesTest sum : sums) line.append(" | ").append(sum.shares());
        System.out.println(line + " |");
    }

    private void measure(NamedFiles language, String page, int rows, int trials) {
        if (page.equals(ESCAPED)) return;
        Random random = new Random(rows);
        for (int i = 0; i < trials; i++) {
            byte[] cells = Evidence.in(language.file(page, rows, random)).cells();
            Guess guess = CodePages.guess(Evidence.in(cells));
            String expected = text(cells, page);
            boolean same = text(cells, guess.encoding()).equals(expected);
            files++;
            // What is said to be UTF-8 and is not is refused with the byte.
            if (guess.isOpen() || guess.encoding().equals("UTF-8")) asked++;
            else if (same) right++;
            else
                (guess.candidates().isEmpty() ? wrongInSilence : wrong)
                        .add(page + " as " + guess.encoding() + ": " + expected.strip());
            if (same && guess.certainty() == Guess.Certainty.LIKELY) noticed++;
        }
    }

    private static String text(byte[] cells, String page) {
        return Normalizer.normalize(new String(cells, Charset.forName(page)), Normalizer.Form.NFC);
    }

    private void add(CodePagesTest other) {
        files += other.files;
        right += other.right;
        noticed += other.noticed;
        asked += other.asked;
        wrong.addAll(other.wrong);
        wrongInSilence.addAll(other.wrongInSilence);
    }

    /** Percent read right (so many of them with a notice), asked, wrong with a notice and in silence. */
    private String shares() {
        if (files == 0) return "by its escapes";
        return percent(right) + " (" + percent(noticed) + ") / " + percent(asked) + " / " + percent(wrong.size())
                + " / " + percent(wrongInSilence.size());
    }

    private String percent(int part) {
        return String.format(
                java.util.Locale.ROOT, part * 1000L % (files * 10L) == 0 ? "%.0f" : "%.1f", part * 100.0 / files);
    }
}
