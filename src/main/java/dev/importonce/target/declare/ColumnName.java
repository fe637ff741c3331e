package dev.importonce.target.declare;

import dev.importonce.key.Nfc;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The name of a column, or a usual name of a field in files, in the form in which names are compared.
 *
 * @param folded only letters and digits, without accents and case
 * @param ofAnother whether the name is about a person other than the row's, or about the pronunciation of a name
 * @param besideTheValue whether it ends like the name of a number, a code or a kind: {@code Company ID}, {@code Phone 1 -
 *     Type}
 */
record ColumnName(String folded, boolean ofAnother, boolean besideTheValue) {
    private static final Pattern NO_LETTER = Pattern.compile("[^\\p{L}\\p{Nd}]+");
    /** Maximum number of digits of numbers by which otherwise equal names differ. */
    private static final int MOST_DIGITS = 9;

    private static final Pattern MARK = Pattern.compile("\\p{M}+");

    /** The gaps between words, and between a small letter and a capital letter: {@code AccountId}. */
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

    /** Whether a field's name is a part of this name, and this name does not mean something else about the field. */
    boolean speaksOf(ColumnName field) {
        if (ofAnother && !field.ofAnother) return false;
        return besideTheValue ? folded.endsWith(field.folded) : folded.contains(field.folded);
    }

    /** Whether the names differ only in numbers: {@code E-mail 1 - Value} and {@code E-mail 2 - Value}. */
    boolean isNumberedAs(ColumnName other) {
        // Checked before steps that take time with the names' length.
        if (Math.abs(folded.length() - other.folded.length()) > MOST_DIGITS) return false;
        return withoutDigits(folded).equals(withoutDigits(other.folded));
    }

    private static String withoutDigits(String text) {
        return text.replaceAll("\\p{Nd}", "");
    }
}
