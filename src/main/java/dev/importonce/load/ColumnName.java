package dev.importonce.load;

import dev.importonce.key.Nfc;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The name of a column, or one that a field has in files, as names are compared.
 *
 * @param folded letters and digits alone, without accents and case
 * @param ofAnother whether it names somebody other than who the row is about, or how a name is pronounced
 * @param besideTheValue whether it ends as the name of a number, a code or a kind does: {@code Company ID}, {@code Phone 1 - Type}
 */
record ColumnName(String folded, boolean ofAnother, boolean besideTheValue) {
    private static final Pattern NO_LETTER = Pattern.compile("[^\\p{L}\\p{Nd}]+");
    /** Of the numbers in names that differ by nothing else. */
    private static final int MOST_DIGITS = 9;

    private static final Pattern MARK = Pattern.compile("\\p{M}+");

    /** Between words, and where a small letter meets a capital one: {@code AccountId}. */
    private static final Pattern GAP = Pattern.compile(NO_LETTER + "|(?<=\\p{Ll})(?=\\p{Lu})");

    private static final Pattern BESIDE =
            Pattern.compile(".*(?:ids?|nr|codes?|labels?|types?|typ)|no|num|number|nummer");

    private static final Set<String> OTHERS = Set.of(
            "owner",
            "manager",
            "assigned",
            "assignee",
            "assistant",
            "created",
            "creator",
            "modified",
            "updated",
            "besitzer",
            "inhaber",
            "betreuer",
            "bearbeiter",
            "zugewiesen",
            "zustandig",
            "erstellt",
            "geandert",
            "proprietaire",
            "propietario",
            "responsable",
            "phonetic",
            "yomi");

    static ColumnName of(String name) {
        String apart = Nfc.isSafe(name) ? Normalizer.normalize(name, Normalizer.Form.NFKD) : name;
        String plain = MARK.matcher(apart).replaceAll("");
        String[] words = Arrays.stream(GAP.split(plain))
                .map(word -> word.toLowerCase(Locale.ROOT))
                .toArray(String[]::new);
        return new ColumnName(
                NO_LETTER.matcher(plain).replaceAll("").toLowerCase(Locale.ROOT),
                Arrays.stream(words).anyMatch(OTHERS::contains),
                words.length > 0 && BESIDE.matcher(words[words.length - 1]).matches());
    }

    /** Whether a field's name is part of this one, and this one does not name something else of it. */
    boolean speaksOf(ColumnName field) {
        if (ofAnother && !field.ofAnother) return false;
        return besideTheValue ? folded.endsWith(field.folded) : folded.contains(field.folded);
    }

    /** Whether it is the same but for numbers: {@code E-mail 1 - Value} and {@code E-mail 2 - Value}. */
    boolean isNumberedAs(ColumnName other) {
        // Before what takes time with their length.
        if (Math.abs(folded.length() - other.folded.length()) > MOST_DIGITS) return false;
        return withoutDigits(folded).equals(withoutDigits(other.folded));
    }

    private static String withoutDigits(String text) {
        return text.replaceAll("\\p{Nd}", "");
    }
}
