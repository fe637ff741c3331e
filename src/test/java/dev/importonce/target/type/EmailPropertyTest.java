package dev.importonce.target.type;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.ibm.icu.text.IDNA;
import dev.importonce.target.type.Normaliser.Refused;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/** {@code AddressCheckTest} has what the database says of it. */
class EmailPropertyTest {
    private static final Email EMAIL = new Email();

    /** What is around an address and not seen, of each kind and plane. */
    private static final String UNSEEN =
            " \t\u00a0\u00ad\u034f\u061c\u200b\u200c\u200d\u200e\u202a\u202e\u2028\u2060\u2066\u3000\u3164\ufe0f\ufeff\udb40\udc41";

    private static final List<String> PAIRS = List.of(
            "\"\"",
            "''",
            "``",
            "\u201c\u201d",
            "\u201e\u201c",
            "\u2018\u2019",
            "\u201a\u2018",
            "\u00ab\u00bb",
            "\u00bb\u00ab",
            "\u2039\u203a",
            "\u300c\u300d",
            "\u300e\u300f",
            "\uff02\uff02");

    /** RFC 5892, section 2.6, and the joiners: allowed in a domain though no letters, digits or marks. */
    private static final Set<Integer> ALSO =
            Set.of((int) '-', 0xb7, 0x375, 0x5f3, 0x5f4, 0x6fd, 0x6fe, 0xf0b, 0x3007, 0x30fb, 0x200c, 0x200d);

    @Property(tries = 1000)
    void a_stored_address_is_stored_as_it_is(@ForAll("addresses") String sent) {
        assertStable(sent);
    }

    @Property(tries = 1000)
    void canonically_equivalent_addresses_are_one(@ForAll("addresses") String sent) {
        assertEquals(stored(Normalizer.normalize(sent, Normalizer.Form.NFD)), stored(sent));
    }

    @Property(tries = 2000)
    void what_is_around_an_address_makes_no_other_one(
            @ForAll("people") String address,
            @ForAll("layers") List<UnaryOperator<String>> around,
            @ForAll boolean linked,
            @ForAll boolean named) {
        String sent = address;
        if (linked) sent = "MailTo:" + sent + "?subject=x";
        int middle = around.size() / 2;
        for (UnaryOperator<String> layer : around.subList(0, middle)) sent = layer.apply(sent);
        if (named) sent = "Zo\u00eb \"Z\" Lee <" + sent + ">";
        for (UnaryOperator<String> layer : around.subList(middle, around.size())) sent = layer.apply(sent);

        assertEquals(stored(address), stored(sent), sent);
        assertTrue(stored(address).isPresent(), address);
        assertStable(sent);
    }

    @Property(tries = 2000)
    void what_is_not_seen_is_refused_inside_and_named(
            @ForAll("people") String address, @ForAll("unseen") String unseen, @ForAll int random) {
        int place = 1 + Math.floorMod(random, address.length() - 1);
        String sent = address.substring(0, place) + unseen + address.substring(place);
        String code = "U+%04X".formatted(Cells.composed(unseen).codePointAt(0));

        Refused refused = assertThrows(Refused.class, () -> EMAIL.normalise(Cells.clean(sent)), sent);
        assertTrue(refused.getMessage().contains(code), refused.getMessage());
    }

    @Property(tries = 2000)
    void quotation_marks_are_refused_inside_and_named(
            @ForAll("people") String address, @ForAll("pairs") String pair, @ForAll int random) {
        String quote = pair.substring(0, 1);
        int at = address.indexOf('@');
        // Before the @ some are letters of a kind.
        int from = "'`".contains(quote) ? at : 1;
        int place = from + Math.floorMod(random, address.length() - from);
        String sent = address.substring(0, place) + quote + address.substring(place);

        Refused refused = assertThrows(Refused.class, () -> EMAIL.normalise(Cells.clean(sent)), sent);
        assertTrue(refused.getMessage().contains("U+%04X".formatted((int) quote.charAt(0))), refused.getMessage());
    }

    @Example
    void every_letter_and_symbol_is_stored_stably_or_refused() {
        for (int c = 0; c <= 0x1FFFF; c++) {
            if (!Character.isDefined(c) || Character.isIdeographic(c) || Character.getType(c) == Character.PRIVATE_USE)
                continue;
            if (Character.getType(c) == Character.SURROGATE) continue;
            String character = Character.toString(c);
            assertStable(character + "a@b.de");
            // Some letters have a composed form with the first mark in lower case only; the second one moves before it.
            assertStable(character + "\u030c\u0323@b.de");
        }
    }

    /** By the JDK's own data: letters, digits and marks, which do not change when they are put in their compatible form. */
    @Example
    void a_domain_has_letters_digits_and_marks_only() {
        IDNA toUnicode = IDNA.getUTS46Instance(IDNA.NONTRANSITIONAL_TO_UNICODE);
        for (int c = 0; c <= Character.MAX_CODE_POINT; c++) {
            if (!Character.isDefined(c) || Character.getType(c) == Character.SURROGATE) continue;
            stored("a@a" + Character.toString(c) + ".example").ifPresent(stored -> toUnicode
                    .nameToUnicode(stored.substring(2), new StringBuilder(), new IDNA.Info())
                    .codePoints()
                    .filter(d -> d != '.' && !ALSO.contains(d))
                    .forEach(d -> assertTrue(isAllowed(d), () -> stored + " " + Integer.toHexString(d))));
        }
    }

    private static boolean isAllowed(int c) {
        String text = Character.toString(c);
        boolean stable =
                c == '\u00df' || c == '\u03c2' || text.equals(Normalizer.normalize(text, Normalizer.Form.NFKC));
        return switch (Character.getType(c)) {
            case Character.LOWERCASE_LETTER,
                    Character.OTHER_LETTER,
                    Character.MODIFIER_LETTER,
                    Character.NON_SPACING_MARK,
                    Character.COMBINING_SPACING_MARK,
                    Character.DECIMAL_DIGIT_NUMBER -> stable;
            // Cherokee: whose small letters become capital ones.
            case Character.UPPERCASE_LETTER -> c >= 0x13a0 && c <= 0x13f5;
            default -> false;
        };
    }

    @Provide
    Arbitrary<String> addresses() {
        Arbitrary<String> locals = Arbitraries.strings()
                .ascii()
                .withCharRange('\u00a0', '\u024f')
                .withCharRange('\u0300', '\u036f')
                .withCharRange('\u0370', '\u03ff')
                .withCharRange('\u1e00', '\u1eff')
                .withCharRange('\u2000', '\u206f')
                .ofMinLength(1)
                .ofMaxLength(12);
        Arbitrary<String> labels = Arbitraries.strings()
                .withChars("abXY19-\u00e9\u00c9e\u0301\u00df\u03c3\u03c2\u03a3\u00ad\u3002\u2019")
                .ofMinLength(1)
                .ofMaxLength(8);
        return Combinators.combine(locals, labels, labels).as((local, a, b) -> local + "@" + a + "." + b);
    }

    /** Addresses that people have, in any case. */
    @Provide
    Arbitrary<String> people() {
        Arbitrary<String> locals = Arbitraries.strings()
                .withChars("abcXYZ019._+-\u00e9\u00c9\u00fc\u03c3\u0416\u0436\u6f22\u5b57")
                .ofMinLength(1)
                .ofMaxLength(12);
        Arbitrary<String> domains = Arbitraries.of(
                "example.com",
                "sub.my-domain.co.uk",
                "b\u00fccher.example",
                "xn--bcher-kva.example",
                "\u65e5\u672c.jp",
                "\u043f\u043e\u0447\u0442\u0430.\u0440\u0444",
                "fa\u00df.de",
                "\u05d0\u05d1.\u05d2\u05d3");
        return Combinators.combine(locals, domains, Arbitraries.of(true, false))
                .as((local, domain, upper) ->
                        upper ? local.toUpperCase(Locale.ROOT) + "@" + domain : local + "@" + domain);
    }

    @Provide
    Arbitrary<String> unseen() {
        return Arbitraries.integers()
                .between(0, UNSEEN.codePointCount(0, UNSEEN.length()) - 1)
                .map(i -> Character.toString(UNSEEN.codePointAt(UNSEEN.offsetByCodePoints(0, i))));
    }

    @Provide
    Arbitrary<String> pairs() {
        return Arbitraries.of(PAIRS);
    }

    @Provide
    Arbitrary<List<UnaryOperator<String>>> layers() {
        Arbitrary<UnaryOperator<String>> quoted = pairs().map(pair -> s -> pair.charAt(0) + s + pair.charAt(1));
        Arbitrary<UnaryOperator<String>> hidden = Combinators.combine(
                        unseen().list().ofMaxSize(3), unseen().list().ofMaxSize(3))
                .as((before, behind) -> s -> String.join("", before) + s + String.join("", behind));
        Arbitrary<UnaryOperator<String>> listed = Arbitraries.of(
                        Tuple.of("", ","), Tuple.of("", "; "), Tuple.of(",", ""))
                .map(t -> s -> t.get1() + s + t.get2());
        return Arbitraries.oneOf(quoted, hidden, listed).list().ofMaxSize(6);
    }

    private static void assertStable(String sent) {
        stored(sent).ifPresent(stored -> {
            assertEquals(Optional.of(stored), stored(stored));
            assertEquals(stored, Cells.clean(stored));
            assertTrue(stored.getBytes(StandardCharsets.UTF_8).length <= 254, stored);
        });
    }

    private static Optional<String> stored(String sent) {
        try {
            return Optional.of(EMAIL.normalise(Cells.clean(sent)));
        } catch (Refused e) {
            return Optional.empty();
        }
    }
}
