package dev.importonce.source.detect;

/** How likely words are in one language. All costs are negative natural logarithms of probabilities. */
abstract class Language {
    /** A letter of another script in a word. */
    static final float OTHER_SCRIPT = 30;

    private final String tag;

    Language(String tag) {
        this.tag = tag;
    }

    /** Its BCP 47 tag. */
    final String tag() {
        return tag;
    }

    /** What a word costs, given as {@link Signs#plain} letters. */
    abstract float cost(String word);
}
