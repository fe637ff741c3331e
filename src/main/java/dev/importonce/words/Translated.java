package dev.importonce.words;

/** An answer with sentences for people. */
public interface Translated {
    /** The same answer, of the same type, with its sentences in that language, as far as they can be said in it. */
    Object in(Language language);

    /** Whether there are sentences in it at all. */
    default boolean speaks() {
        return true;
    }
}
