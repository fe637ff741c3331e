import com.ibm.icu.text.MeasureFormat;
import com.ibm.icu.text.RelativeDateTimeFormatter;
import com.ibm.icu.text.RelativeDateTimeFormatter.RelativeDateTimeUnit;
import com.ibm.icu.text.RuleBasedNumberFormat;
import com.ibm.icu.text.UnicodeSet;
import com.ibm.icu.util.LocaleData;
import com.ibm.icu.util.Measure;
import com.ibm.icu.util.MeasureUnit;
import com.ibm.icu.util.ULocale;
import java.io.PrintStream;
import java.lang.Character.UnicodeScript;
import java.nio.charset.Charset;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.time.DayOfWeek;
import java.time.Month;
import java.time.chrono.Chronology;
import java.time.format.TextStyle;
import java.util.ArrayList;
import java.util.Currency;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TimeZone;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;

/**
 * Makes the model of letters that encodings are told by, of the words that CLDR has in each language: names of countries,
 * languages, scripts, currencies, months, days, time zones, units and numbers; no towns and no persons, on which it is measured.
 * {@code java -cp icu4j.jar Letters.java >src/main/resources/dev/importonce/source/detect/letters.txt} on a full JDK 17.
 */
class Letters {
    private static final String LATIN =
            "de fr es pt it nl sv da nb fi is fo ca gl eu ga sq af en et lv lt pl cs sk hu sl hr ro tr vi";
    private static final String CYRILLIC = "ru uk be bg sr mk";
    private static final Map<String, UnicodeScript> OTHERS = Map.of(
            "el", UnicodeScript.GREEK,
            "he", UnicodeScript.HEBREW,
            "ar", UnicodeScript.ARABIC,
            "fa", UnicodeScript.ARABIC,
            "th", UnicodeScript.THAI);
    private static final Map<String, String> IDEOGRAPHS =
            Map.of("ja", "JAPANESE", "zh", "HAN", "zh-Hant", "HAN", "ko", "HANGUL");

    /** Unknown pairs are as likely as their second letter is, with the weight of so many pairs. */
    private static final double SMOOTHING = 25;

    /** Share of letters that each letter of an alphabet has at least: CLDR's words are not all words. */
    private static final double LEAST = 0.002;

    /** A letter that is not in the alphabet is in the model if it is in so many words. */
    private static final int SEEN = 6;

    private static final int STEPS = 5;
    private static final int MOST_STEPS = '~' - '!';

    /** The last letter that the model's reader has room for. */
    private static final char LAST = 0xE7F;

    private static final CharsetEncoder VIETNAMESE = Charset.forName("windows-1258").newEncoder();

    private final String tag;
    private final UnicodeScript script;

    private Letters(String tag, UnicodeScript script) {
        this.tag = tag;
        this.script = script;
    }

    public static void main(String... args) {
        PrintStream out = new PrintStream(System.out, false, StandardCharsets.UTF_8);
        for (String tag : LATIN.split(" ")) new Letters(tag, UnicodeScript.LATIN).print(out);
        for (String tag : CYRILLIC.split(" ")) new Letters(tag, UnicodeScript.CYRILLIC).print(out);
        new TreeMap<>(OTHERS).forEach((tag, script) -> new Letters(tag, script).print(out));
        new TreeMap<>(IDEOGRAPHS).forEach((tag, kind) -> out.print(tag + " " + kind + "\n" + frequent(tag) + "\n"));
        out.flush();
    }

    private static String frequent(String tag) {
        Map<Integer, Integer> counts = new TreeMap<>();
        for (String phrase : phrases(tag))
            phrase.codePoints().filter(c -> c > 0x2E80 && Character.isLetter(c)).forEach(c -> counts.merge(c, 1, Integer::sum));
        StringBuilder frequent = new StringBuilder();
        counts.entrySet().stream()
                .sorted(Map.Entry.<Integer, Integer>comparingByValue().reversed())
                .forEach(entry -> frequent.appendCodePoint(entry.getKey()));
        return frequent.toString();
    }

    private void print(PrintStream out) {
        Map<String, Double> words = words();
        List<Character> letters = new ArrayList<>(letters(words));
        Map<Character, Integer> index = new HashMap<>();
        for (int i = 0; i < letters.size(); i++) index.put(letters.get(i), i + 1);
        int size = letters.size() + 1;
        double[][] pairs = new double[size][size];
        double[] single = new double[size];
        words.forEach((word, weight) -> {
            int before = 0;
            for (char c : (word + " ").toCharArray()) {
                int next = c == ' ' ? 0 : index.getOrDefault(c, -1);
                if (next >= 0) single[next] += weight;
                if (next >= 0 && before >= 0) pairs[before][next] += weight;
                before = next;
            }
        });
        Set<Character> alphabet = alphabet();
        double total = java.util.Arrays.stream(single).sum();
        for (int i = 1; i < size; i++) single[i] = Math.max(single[i] + 2, alphabet.contains(letters.get(i - 1)) ? LEAST * total : 0);
        total = java.util.Arrays.stream(single).sum();
        StringBuilder text = new StringBuilder(tag + " " + script + "\n ");
        letters.forEach(text::append);
        for (double[] row : pairs) {
            text.append('\n');
            double seen = java.util.Arrays.stream(row).sum();
            for (int next = 0; next < size; next++) {
                double likelihood = (row[next] + SMOOTHING * single[next] / total) / (seen + SMOOTHING);
                text.append((char) ('!' + Math.min(MOST_STEPS, Math.round(-Math.log(likelihood) * STEPS))));
            }
        }
        out.print(text.append('\n'));
    }

    private Set<Character> letters(Map<String, Double> words) {
        Map<Character, Double> counts = new TreeMap<>();
        words.forEach((word, weight) -> word.chars().forEach(c -> counts.merge((char) c, weight, Double::sum)));
        Set<Character> letters = new TreeSet<>(alphabet());
        if (script == UnicodeScript.LATIN) for (char c = 'a'; c <= 'z'; c++) letters.add(c);
        counts.forEach((letter, count) -> {
            if (count >= SEEN) letters.add(letter);
        });
        letters.removeIf(c -> c > LAST || Character.getType(c) == Character.MODIFIER_LETTER);
        return letters;
    }

    private Set<Character> alphabet() {
        Set<Character> alphabet = new TreeSet<>();
        UnicodeSet exemplars = LocaleData.getInstance(ULocale.forLanguageTag(tag)).getExemplarSet(0, LocaleData.ES_STANDARD);
        for (String letter : exemplars)
            for (char c : plain(letter).toCharArray())
                if (Character.isLetter(c) || Character.getType(c) == Character.NON_SPACING_MARK) alphabet.add(c);
        if (tag.equals("nl")) alphabet.addAll(List.of('\u00EB', '\u00EF', '\u00E9', '\u00E8'));
        if (tag.equals("tr")) alphabet.add('\u0130');
        return alphabet;
    }

    /** Each word counts once; in Greek capitals have no accents. */
    private Map<String, Double> words() {
        Map<String, Double> words = new TreeMap<>();
        for (String phrase : phrases(tag))
            for (String part : phrase.split("[^\\p{L}\\p{M}]+")) {
                String word = plain(part);
                if (word.length() < 2 || !word.codePoints().allMatch(this::isOfScript)) continue;
                words.merge(word, 1.0, Math::max);
                if (tag.equals("el")) words.merge(Normalizer.normalize(word, Normalizer.Form.NFD).replaceAll("\\p{M}", ""), 0.3, Math::max);
            }
        return words;
    }

    private boolean isOfScript(int c) {
        UnicodeScript of = UnicodeScript.of(c);
        return of == script || of == UnicodeScript.INHERITED;
    }

    /** As the reader of texts has it: small, Romanian and Persian as code pages have them, Vietnamese as Windows spells it. */
    private String plain(String word) {
        String small = tag.equals("tr") ? turkish(word) : word.toLowerCase(Locale.ROOT).replace("i\u0307", "i");
        if (tag.equals("vi")) small = vietnamese(small);
        return small.replace('\u0219', '\u015F').replace('\u021B', '\u0163').replace('\u06CC', '\u064A');
    }

    private static String turkish(String word) {
        return word.replace('I', '\u0131').replace('\u0130', '\0').toLowerCase(Locale.ROOT).replace('\0', '\u0130');
    }

    private static String vietnamese(String word) {
        StringBuilder spelled = new StringBuilder();
        for (char c : word.toCharArray()) {
            String parts = Normalizer.normalize(String.valueOf(c), Normalizer.Form.NFD);
            if (VIETNAMESE.canEncode(c)) spelled.append(c);
            else if (parts.length() < 3) spelled.append(parts);
            else {
                boolean dot = parts.charAt(1) == '\u0323';
                String vowel = "" + parts.charAt(0) + parts.charAt(dot ? 2 : 1);
                spelled.append(Normalizer.normalize(vowel, Normalizer.Form.NFC)).append(parts.charAt(dot ? 1 : 2));
            }
        }
        return spelled.toString();
    }

    private static Set<String> phrases(String tag) {
        Locale locale = Locale.forLanguageTag(tag);
        Set<String> phrases = new TreeSet<>();
        for (String country : Locale.getISOCountries()) phrases.add(new Locale("", country).getDisplayCountry(locale));
        for (String code : codes()) {
            String name = Locale.forLanguageTag(code).getDisplayLanguage(locale);
            if (!name.equals(code)) phrases.add(name);
        }
        for (Locale other : Locale.getAvailableLocales()) phrases.add(other.getDisplayScript(locale) + " " + other.getDisplayVariant(locale));
        for (Currency currency : Currency.getAvailableCurrencies()) phrases.add(currency.getDisplayName(locale));
        for (TextStyle style : TextStyle.values()) {
            for (Month month : Month.values()) phrases.add(month.getDisplayName(style, locale));
            for (DayOfWeek day : DayOfWeek.values()) phrases.add(day.getDisplayName(style, locale));
        }
        for (Chronology calendar : Chronology.getAvailableChronologies()) phrases.add(calendar.getDisplayName(TextStyle.FULL, locale));
        for (String zone : TimeZone.getAvailableIDs())
            for (boolean summer : new boolean[] {false, true})
                phrases.add(TimeZone.getTimeZone(zone).getDisplayName(summer, TimeZone.LONG, locale));
        addNumbers(ULocale.forLanguageTag(tag), phrases);
        return phrases;
    }

    private static void addNumbers(ULocale locale, Set<String> phrases) {
        RuleBasedNumberFormat spelled = new RuleBasedNumberFormat(locale, RuleBasedNumberFormat.SPELLOUT);
        for (String rules : spelled.getRuleSetNames())
            for (long n = 0; n <= 1000; n += n < 30 ? 1 : n < 100 ? 10 : 100) {
                long number = n;
                addIfAny(phrases, () -> spelled.format(number, rules));
            }
        MeasureFormat measures = MeasureFormat.getInstance(locale, MeasureFormat.FormatWidth.WIDE);
        for (MeasureUnit unit : MeasureUnit.getAvailable())
            for (int n : new int[] {1, 2, 5})
                if (!unit.getType().equals("currency")) addIfAny(phrases, () -> measures.formatMeasures(new Measure(n, unit)));
        RelativeDateTimeFormatter times = RelativeDateTimeFormatter.getInstance(locale);
        for (RelativeDateTimeUnit unit : RelativeDateTimeUnit.values())
            for (int n : new int[] {-5, -2, -1, 0, 1, 2, 5}) {
                addIfAny(phrases, () -> times.format(n, unit));
                addIfAny(phrases, () -> times.formatNumeric(n, unit));
            }
    }

    /** Not every language has every form: ICU then throws. */
    private static void addIfAny(Set<String> phrases, Supplier<String> phrase) {
        try {
            phrases.add(phrase.get());
        } catch (RuntimeException e) {
            // One phrase the less.
        }
    }

    /** Codes of two and three letters that CLDR knows a language for. */
    private static List<String> codes() {
        List<String> codes = new ArrayList<>();
        for (int i = 0; i < 26 * 26 * 27; i++) {
            String code = "" + (char) ('a' + i / 27 / 26) + (char) ('a' + i / 27 % 26) + (i % 27 == 0 ? "" : (char) ('a' + i % 27 - 1));
            if (!Locale.forLanguageTag(code).getDisplayLanguage(Locale.ENGLISH).equals(code)) codes.add(code);
        }
        return codes;
    }
}
