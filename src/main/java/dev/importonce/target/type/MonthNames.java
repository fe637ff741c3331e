package dev.importonce.target.type;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Days with the name of their month, in ten languages (the names and abbreviations of Unicode's CLDR). No name or abbreviation
 * is another month's in another of these languages.
 */
final class MonthNames {
    private static final Pattern PARTS =
            Pattern.compile("(?<word>\\p{L}+)|(?<number>\\d+)(?<ordinal>st|nd|rd|th|er|[\u00ba\u00aa])?(?!\\p{L})");
    private static final Pattern BETWEEN = Pattern.compile("[ .,/\u00a0-]*");

    /** Words between the parts of a date. */
    private static final Set<String> FILLERS = Set.of("of", "the", "de", "del", "den", "le", "el", "r");

    /** A line for each language: en, de, fr, es, it, pt, nl, pl (as in a date, and alone), tr, sv. Names that are the same are left out. */
    private static final List<String> NAMES = List.of(
            "january february march april may june july august september october november december",
            "jan feb mar apr may jun jul aug sep oct nov dec",
            "januar februar m\u00e4rz april mai juni juli august sept oktober november dezember",
            "j\u00e4nner feb m\u00e4r apr mai jun jul aug sep okt nov dez",
            "janvier f\u00e9vrier mars avril mai juin juillet ao\u00fbt septembre octobre novembre d\u00e9cembre",
            "janv f\u00e9vr mars avr mai juin juil ao\u00fbt sept oct nov d\u00e9c",
            "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
            "ene feb mar abr may jun jul ago sept oct nov dic",
            "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
            "gen feb mar apr mag giu lug ago set ott nov dic",
            "janeiro fevereiro mar\u00e7o abril maio junho julho agosto setembro outubro novembro dezembro",
            "jan fev mar abr mai jun jul ago set out nov dez",
            "januari februari maart april mei juni juli augustus september oktober november december",
            "jan feb mrt apr mei jun jul aug sep okt nov dec",
            "stycznia lutego marca kwietnia maja czerwca lipca sierpnia wrze\u015bnia pa\u017adziernika listopada grudnia",
            "stycze\u0144 luty marzec kwiecie\u0144 maj czerwiec lipiec sierpie\u0144 wrzesie\u0144 pa\u017adziernik listopad grudzie\u0144",
            "sty lut mar kwi maj cze lip sie wrz pa\u017a lis gru",
            "ocak \u015fubat mart nisan may\u0131s haziran temmuz a\u011fustos eyl\u00fcl ekim kas\u0131m aral\u0131k",
            "oca \u015fub mar nis may haz tem a\u011fu eyl eki kas ara",
            "januari februari mars april maj juni juli augusti september oktober november december",
            "jan feb mars apr maj juni juli aug sep okt nov dec");

    private static final Map<String, Integer> MONTHS = months();

    private MonthNames() {}

    private static Map<String, Integer> months() {
        Map<String, Integer> months = new HashMap<>();
        for (String line : NAMES) {
            int month = 1;
            for (String name : line.split(" ")) {
                Integer other = months.put(Words.folded(name), month);
                if (other != null && other != month) throw new IllegalStateException(name + " is a name of two months");
                month++;
            }
        }
        return Map.copyOf(months);
    }

    /**
     * The day that a text means which names a month, with the year in four digits.
     *
     * @throws DateTimeException when the text is no such day
     */
    static LocalDate day(String text) {
        List<Integer> numbers = new ArrayList<>();
        int year = 0;
        int month = 0;
        int at = 0;
        Matcher parts = PARTS.matcher(text);
        while (parts.find()
                && BETWEEN.matcher(text.substring(at, parts.start())).matches()) {
            at = parts.end();
            String word = parts.group("word") == null ? null : Words.folded(parts.group("word"));
            String number = parts.group("number");
            if (word == null && number.length() == 4 && year == 0) year = Integer.parseInt(number);
            else if (word == null && number.length() <= 2) numbers.add(Integer.parseInt(number));
            else if (word != null && month == 0 && MONTHS.containsKey(word)) month = MONTHS.get(word);
            else if (word == null || !FILLERS.contains(word)) throw new DateTimeException("no date");
        }
        boolean whole = BETWEEN.matcher(text.substring(at)).matches();
        if (!whole || year == 0 || month == 0 || numbers.size() != 1) throw new DateTimeException("no date");
        return LocalDate.of(year, month, numbers.get(0));
    }
}
