package dev.importonce.source.detect;

import java.lang.Character.UnicodeScript;

/** A language that is written with few letters: how likely each follows each other, begins and ends a word. */
final class Alphabet extends Language {
    /** A letter of the same script that this language does not have. */
    private static final float FOREIGN = 12;

    /** A letter of an ASCII word in a language that is not written in Latin letters. */
    private static final float LATIN = 4;

    /** One of its own letters directly beside an ASCII letter, in such a language. */
    private static final float BORDER_OF_SCRIPTS = 8;

    /** A letter, or a word's end, behind a letter that this language does not have. */
    private static final float ANY = 3;

    /** All letters of all alphabets are below it: Thai is the last block. */
    private static final int LETTERS = 0xE80;

    private final byte[] index = new byte[LETTERS];
    private final float[][] costs;
    private final UnicodeScript script;

    /**
     * @param letters a space for the border of a word, then the letters
     * @param costs from each of these to each of them
     */
    Alphabet(String tag, UnicodeScript script, String letters, float[][] costs) {
        super(tag);
        this.script = script;
        this.costs = costs;
        for (int i = 1; i < letters.length(); i++) index[letters.charAt(i)] = (byte) i;
    }

    @Override
    float cost(String word) {
        float cost = 0;
        int before = 0;
        for (int i = 0; i < word.length(); i++) {
            char letter = word.charAt(i);
            int known = letter < LETTERS ? index[letter] : 0;
            if (known == 0) cost += unknown(letter);
            else cost += before > 0 || i == 0 ? costs[before][known] : ANY;
            if (script != UnicodeScript.LATIN && i > 0 && letter < 0x80 != word.charAt(i - 1) < 0x80)
                cost += BORDER_OF_SCRIPTS;
            before = known;
        }
        return cost + (before > 0 ? costs[before][0] : ANY);
    }

    private float unknown(char letter) {
        if (letter < 0x80) return LATIN;
        boolean own = UnicodeScript.of(letter) == script || Signs.isAccent(letter);
        return own ? FOREIGN : OTHER_SCRIPT;
    }
}
