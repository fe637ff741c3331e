package dev.importonce.source.detect;

import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A character set that files use.
 *
 * @param rarity the cost of a file in it
 * @param languages languages whose files usually use it
 * @param family a group of character sets that differ only in rare characters; only the best of a group is a candidate
 */
record CodePage(Charset charset, float rarity, Set<String> languages, String family) {
    private static final String WESTERN = "de fr es pt it nl sv da nb fi is fo ca gl eu ga sq af en et";
    private static final String CENTRAL = "pl cs sk hu sl hr ro sq de";
    private static final String BALTIC = "et lv lt";
    private static final String CYRILLIC = "ru uk be bg sr mk";

    /** All code pages that this Java runtime supports. */
    static final List<CodePage> ALL = all();

    private static List<CodePage> all() {
        List<CodePage> all = new ArrayList<>();
        // Written by Windows.
        add(all, 0, WESTERN, "windows-1252");
        add(all, 0.5f, CENTRAL, "windows-1250");
        add(all, 0, CYRILLIC, "windows-1251");
        add(all, 0, "el", "windows-1253");
        add(all, 0.5f, "tr", "windows-1254");
        add(all, 0, "he", "windows-1255");
        add(all, 0, "ar fa", "windows-1256");
        add(all, 1, BALTIC, "windows-1257");
        add(all, 2, "vi", "windows-1258");
        add(all, 0, "th en", "x-windows-874");
        addFamily(all, 0, "ja en", "Shift_JIS", "windows-31j");
        add(all, 0, "zh en", "GB18030");
        addFamily(all, 0, "zh-Hant en", "Big5", "x-windows-950");
        addFamily(all, 0, "ko en", "EUC-KR", "x-windows-949");
        // Used on Unix and on the web before UTF-8.
        add(all, 2.5f, WESTERN, "ISO-8859-15");
        add(all, 2.5f, CENTRAL, "ISO-8859-2");
        add(all, 2.5f, "ru bg", "KOI8-R");
        add(all, 3, "uk be ru", "KOI8-U");
        add(all, 4, CYRILLIC, "ISO-8859-5");
        add(all, 2.5f, "el", "ISO-8859-7");
        add(all, 2.5f, "tr", "ISO-8859-9");
        add(all, 4, "he", "ISO-8859-8");
        add(all, 4, "ar", "ISO-8859-6");
        add(all, 3, BALTIC, "ISO-8859-13");
        add(all, 2, "ja en", "EUC-JP");
        // Used on the Mac.
        add(all, 3, "de fr es pt it nl sv da nb fi ca gl eu ga sq af en", "x-MacRoman");
        add(all, 4, "pl cs sk hu", "x-MacCentralEurope");
        add(all, 5, "hr sl", "x-MacCroatian");
        add(all, 5, "ro", "x-MacRomania");
        add(all, 6, "is fo", "x-MacIceland");
        add(all, 4, "ru bg sr mk", "x-MacCyrillic");
        add(all, 4.5f, CYRILLIC, "x-MacUkraine");
        add(all, 4, "el", "x-MacGreek");
        add(all, 4, "tr", "x-MacTurkish");
        // Used by MS-DOS, and by Excel's "CSV (MS-DOS)".
        add(all, 4, WESTERN, "IBM850");
        add(all, 4.5f, "de fr es it nl sv fi en", "IBM437");
        add(all, 4, CENTRAL, "IBM852");
        add(all, 3, "ru uk be bg", "IBM866");
        add(all, 4, "el", "IBM737");
        add(all, 4, "tr", "IBM857");
        add(all, 5, BALTIC, "IBM775");
        add(all, 4, "he", "IBM862");
        add(all, 6, "is fo", "IBM861");
        return List.copyOf(all);
    }

    private static void add(List<CodePage> all, float rarity, String languages, String name) {
        add(all, rarity, languages, name, name);
    }

    private static void addFamily(List<CodePage> all, float rarity, String languages, String... names) {
        for (String name : names) add(all, rarity, languages, name, names[0]);
    }

    private static void add(List<CodePage> all, float rarity, String languages, String name, String family) {
        if (Charset.isSupported(name))
            all.add(new CodePage(Charset.forName(name), rarity, Set.of(languages.split(" ")), family));
    }
}
