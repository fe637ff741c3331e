package dev.importonce.source.detect;

import com.ibm.icu.text.TimeZoneNames;
import com.ibm.icu.util.ULocale;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.TimeZone;
import java.util.TreeSet;

/**
 * Files of names and towns in one language, as its users' programs write them. The persons and towns are of a list made by
 * hand, and towns of the world as CLDR names them; the model of letters was made of neither.
 *
 * @param tag of the language
 * @param pages the encodings that its files are in
 */
record NamedFiles(String tag, List<String> pages, List<String> persons, List<String> towns) {
    private static final String REGIONS = "(Europe|Asia|America|Africa|Australia)/.*";
    private static final int TRIES = 100;

    /** All languages of the list. */
    static List<NamedFiles> all() {
        List<NamedFiles> all = new ArrayList<>();
        try (BufferedReader in = new BufferedReader(new InputStreamReader(
                Objects.requireNonNull(NamedFiles.class.getResourceAsStream("/encodings/names.txt")),
                StandardCharsets.UTF_8))) {
            List<String> lines =
                    in.lines().filter(line -> !line.startsWith("#")).toList();
            for (int i = 0; i < lines.size(); i += 3) {
                String[] head = lines.get(i).split(": ");
                List<String> towns = new ArrayList<>(List.of(lines.get(i + 2).split("; ")));
                towns.addAll(worldsTowns(head[0]));
                all.add(new NamedFiles(
                        head[0],
                        List.of(head[1].split(" ")),
                        List.of(lines.get(i + 1).split("; ")),
                        towns));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return all;
    }

    /** A file of so many rows, with at least one letter outside ASCII. */
    byte[] file(String page, int rows, Random random) {
        Charset charset = Charset.forName(page);
        while (true) {
            StringBuilder text = new StringBuilder("Email,First Name,Company\n");
            for (int i = 0; i < rows; i++)
                text.append('a')
                        .append(i)
                        .append("@enc.example,")
                        .append(any(persons, charset, random))
                        .append(',')
                        .append(any(towns, charset, random))
                        .append('\n');
            if (text.chars().anyMatch(c -> c >= 0x80)) return text.toString().getBytes(charset);
        }
    }

    private static List<String> worldsTowns(String tag) {
        TimeZoneNames names = TimeZoneNames.getInstance(ULocale.forLanguageTag(tag));
        return new TreeSet<>(List.of(TimeZone.getAvailableIDs()))
                .stream()
                        .filter(id -> id.matches(REGIONS))
                        .map(names::getExemplarLocationName)
                        .filter(Objects::nonNull)
                        .toList();
    }

    private static String any(List<String> names, Charset charset, Random random) {
        for (int i = 0; i < TRIES; i++) {
            String name = names.get(random.nextInt(names.size()));
            String text = charset.name().equals("windows-1258") ? spelled(name, charset.newEncoder()) : name;
            if (new String(text.getBytes(charset), charset).equals(text)) return text;
        }
        return "Anna";
    }

    /** Vietnamese as Windows has it: a vowel, and its tone by itself. */
    private static String spelled(String name, CharsetEncoder encoder) {
        StringBuilder spelled = new StringBuilder();
        for (char c : name.toCharArray()) {
            String parts = Normalizer.normalize(String.valueOf(c), Normalizer.Form.NFD);
            if (encoder.canEncode(c) || parts.length() < 2) spelled.append(c);
            else if (parts.length() == 2) spelled.append(parts);
            else {
                // The dot below comes first in NFD, but is the tone.
                boolean dot = parts.charAt(1) == '\u0323';
                String vowel = "" + parts.charAt(0) + parts.charAt(dot ? 2 : 1);
                spelled.append(Normalizer.normalize(vowel, Normalizer.Form.NFC)).append(parts.charAt(dot ? 1 : 2));
            }
        }
        return spelled.toString();
    }
}
