package dev.importonce.words;

import java.util.Map;

/** The titles of the types of problems. */
public final class Titles {
    private static final String PREFIX = "title.";

    private Titles() {}

    /** @param type a URI that ends with the type's name */
    public static String in(Language language, String type, String english) {
        return language.say(PREFIX + type.substring(type.lastIndexOf(':') + 1), Map.of(), english);
    }
}
