package dev.importonce.source.detect;

/** A model of the words of one language. All costs are negative natural logarithms of probabilities. */
abstract class Language {
    /** The cost of a letter of another script in a word. */
    static final float OTHER_SCRIPT = 30;

    private final String tag;

    Language(String tag) {
        this.tag = tag;
    }

    /** Its BCP 47 tag. */
    final String tag() {
        return tag;
    }

    /** The cost of a word, given as {@link Signs#plain} letters. */
    abstract float cost(String word);
}
