package dev.importonce.target.type;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.importonce.target.type.Normaliser.Refused;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@link EmailPropertyTest} has what holds for every address. */
class EmailTest {
    private static final Email EMAIL = new Email();

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            Ann@Example.COM            | ann@example.com
            ` \u00a0ann@example.com\t` | ann@example.com
            Ann.M.Lee+News@example.com | ann.m.lee+news@example.com
            a@sub.domain.example.co.uk | a@sub.domain.example.co.uk
            a@1and1.de                 | a@1and1.de
            o'neil_!#$%@x-y.de         | o'neil_!#$%@x-y.de
            o`neil@x.de                | o`neil@x.de
            a=b?d/e{f}@X.de            | a=b?d/e{f}@x.de
            """)
    void an_address_is_trimmed_lower_cased_and_keeps_dots_and_tags(String sent, String stored) throws Refused {
        assertEquals(stored, stored(sent));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            \u00dcNAL@x.de           | \u00fcnal@x.de
            u\u0308nal@x.de          | \u00fcnal@x.de
            \u039f\u0394\u039f\u03a3@x.gr | \u03bf\u03b4\u03bf\u03c2@x.gr
            J\u030ca@x.de            | \u01f0a@x.de
            \u01f0a@x.de             | \u01f0a@x.de
            \u0130\u0323@x.de        | \u1ecb\u0307@x.de
            \u9867\u5ba2@x.jp        | \u9867\u5ba2@x.jp
            \ud83d\ude00@x.de        | \ud83d\ude00@x.de
            """)
    void letters_outside_ascii_before_the_at_have_one_spelling(String sent, String stored) throws Refused {
        assertEquals(stored, stored(sent));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            a@b\u00fccher.de         | a@xn--bcher-kva.de
            a@B\u00dcCHER.DE         | a@xn--bcher-kva.de
            a@bu\u0308cher.de        | a@xn--bcher-kva.de
            a@XN--BCHER-KVA.de       | a@xn--bcher-kva.de
            a@\u65e5\u672c\u3002jp   | a@xn--wgv71a.jp
            a@\uff45\uff58.de        | a@ex.de
            a@x-y.a--b.de            | a@x-y.a--b.de
            """)
    void a_domain_is_stored_in_ascii_whatever_it_is_written_in(String sent, String stored) throws Refused {
        assertEquals(stored, stored(sent));
    }

    /** RFC 5892, appendix A: each of these is allowed beside some letters only. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            a@\u0646\u0627\u0645\u0647\u200c\u0627\u06cc.com | a@xn--mgba3gch31f060k.com
            a@xn--mgba3gch31f060k.com   | a@xn--mgba3gch31f060k.com
            a@\u0dc1\u0dca\u200d\u0dbb\u0dd3.lk | a@xn--10cl1a0b660p.lk
            a@col\u00b7lega.cat        | a@xn--collega-xma.cat
            a@\u30a2\u30fb\u30a2.jp   | a@xn--ccka0y.jp
            """)
    void a_character_that_needs_its_context_is_fine_in_it(String sent, String stored) throws Refused {
        assertEquals(stored, stored(sent));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            a@b\u200cc.de    | its domain has an invisible character, U+200C
            a@\u200db.de     | its domain has an invisible character, U+200D
            a@b\u00b7c.de    | its domain is not valid
            a@b\u30fbc.de    | its domain is not valid
            a@\u2603.de      | its domain has the character \u2603 (U+2603), which no domain may have
            a@xn--n3h.de     | its domain has the character \u2603 (U+2603), which no domain may have
            a@\ud83d\udca9.la | its domain has the character \ud83d\udca9 (U+1F4A9), which no domain may have
            a@b.\u20ac       | its domain has the character \u20ac (U+20AC), which no domain may have
            a@b\u00ae.de     | its domain has the character \u00ae (U+00AE), which no domain may have
            a@\u0628\u0640.com | its domain has the character \u0640 (U+0640), which no domain may have
            """)
    void a_domain_that_only_uts_46_lets_through_is_refused(String sent, String reason) {
        assertRefused("is not an e-mail address: " + reason, sent);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
            mailto:Ann@x.de                              | ann@x.de
            MailTo: ann@x.de?subject=Hello%20you&body=?  | ann@x.de
            mailto://ann@x.de                            | ann@x.de
            mailto:ann%2Bnews+more@x.de                  | ann+news+more@x.de
            mailto:u%CC%88nal@b%C3%BCcher.de             | \u00fcnal@xn--bcher-kva.de
            mailto:ann%40x.de                            | ann@x.de
            <ann@x.de>                                   | ann@x.de
            Ann Lee <ann@x.de>                           | ann@x.de
            "Lee, Ann" <ann@x.de>;                       | ann@x.de
            'Ann' <mailto:ann@x.de>                      | ann@x.de
            "'ann@x.de'" <Ann@X.de>                      | ann@x.de
            ann@x.de<mailto:ann@x.de>                    | ann@x.de
            mailto:"Ann" <ann@x.de>                      | ann@x.de
            "Ann Lee <ann@x.de>"                         | ann@x.de
            ,ann@x.de;                                   | ann@x.de
            'o'neil@x.de'                                | o'neil@x.de
            """)
    void what_is_around_an_address_is_taken_off(String sent, String stored) throws Refused {
        assertEquals(stored, stored(sent));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"\"",
                "\u201c\u201d",
                "\u201e\u201c",
                "\u201e\u201d",
                "\u201d\u201d",
                "\u2018\u2019",
                "\u201a\u2018",
                "''",
                "``",
                "`'",
                "`\u00b4",
                "\u00ab\u00bb",
                "\u00bb\u00ab",
                "\u2039\u203a",
                "\u203a\u2039",
                "\u300c\u300d",
                "\uff02\uff02",
                "\u2033\u2033"
            })
    void quotation_marks_of_any_language_are_taken_off(String pair) throws Refused {
        assertEquals("ann@x.de", stored(pair.charAt(0) + "ann@x.de" + pair.charAt(1)));
        assertEquals("ann@x.de", stored("\"" + pair.charAt(0) + " ann@x.de" + pair.charAt(1) + " \""));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
            "ann@x.de             | it has a quotation mark, " (U+0022)
            "ann lee"@x.de        | it has a quotation mark, " (U+0022)
            'ann@x.de             | it has a quotation mark, ' (U+0027)
            ann'@x.de             | it has a quotation mark, ' (U+0027)
            ann@x'y.de            | it has a quotation mark, ' (U+0027)
            o\u2019neil@x.de      | it has a quotation mark, \u2019 (U+2019)
            ann@x.de\u201d        | it has a quotation mark, \u201d (U+201D)
            an\u200bn@x.de        | it has an invisible character, U+200B
            an\u00adn@x.de        | it has an invisible character, U+00AD
            ann@x\u00ady.de       | it has an invisible character, U+00AD
            an\u202en@x.de        | it has an invisible character, U+202E
            ann\ufeff@x.de        | it has an invisible character, U+FEFF
            a\udb40\udc41nn@x.de  | it has an invisible character, U+E0041
            a\u200dnn@x.de        | it has an invisible character, U+200D
            smtp:ann@x.de         | it has the character : (U+003A) before the @
            lee,ann@x.de          | it has the character , (U+002C) before the @
            mailto:mailto:a@x.de  | it has the character : (U+003A) before the @
            Ann <ann@x.de> x      | it has white space or a control character, U+0020
            <Ann> <ann@x.de>      | it has the character < (U+003C) before the @
            mailto:ann%zz@x.de    | its mailto: has a % that is not followed by the hexadecimal digits of a character
            mailto:ann%FF@x.de    | its mailto: has a % that is not followed by the hexadecimal digits of a character
            mailto:ann%E2%80%8Blee@x.de | it has an invisible character, U+200B
            mailto:ann%CD%BElee@x.de | it has the character ; (U+003B) before the @
            mailto:ann%00lee@x.de | it has white space or a control character, U+0000
            """)
    void what_is_inside_is_refused_and_named(String sent, String reason) {
        assertRefused("is not an e-mail address: " + reason, sent);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a@x.de;b@y.de",
                "a@x.de, b@y.de",
                "a@x.de b@y.de",
                "a@x.de ::: b@y.de",
                "a@x.de|b@y.de",
                "a@x.de <b@y.de>",
                "Ann <a@x.de>, Bo <b@y.de>",
                "\"a@x.de\" \"b@y.de\"",
                "mailto:a@x.de?cc=b@y.de",
                "[a@x.de](mailto:a@x.de)"
            })
    void two_addresses_are_refused_as_that(String sent) {
        assertRefused("has more than one e-mail address: leave one in this column, move the others to another", sent);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\u200b",
                "\"\"",
                "\u201c \u201d",
                "<>",
                "Ann <>",
                "mailto:",
                "mailto:?subject=x",
                ",;",
                "\ufeff\"'"
            })
    void what_holds_nothing_has_no_address(String sent) {
        assertRefused("has no e-mail address in it", sent);
    }

    @Test
    void a_long_cell_takes_no_longer_for_each_layer() {
        int layers = 1_400;
        assertRefused("has no e-mail address in it", "\"".repeat(layers));
        assertRefused("has no e-mail address in it", "\u200b,".repeat(layers));
        assertRefused("is longer than 254 bytes", "mailto:".repeat(layers) + "a@x.de");
        assertRefused("is not an e-mail address: it has no @", "<".repeat(layers) + ">".repeat(layers));
        assertRefused("is longer than 254 bytes", "a@" + "\u00fc".repeat(layers) + ".de");
        assertRefused(
                "is not an e-mail address: it has more than one @",
                "@".repeat(layers).replaceFirst("@", "a@"));
    }

    @Test
    void an_address_and_its_surroundings_fit_in_10000_characters() throws Refused {
        assertEquals("a@b.de", stored("x".repeat(9_991) + " <a@b.de>"));
        assertRefused("is longer than 254 bytes", "x".repeat(9_992) + " <a@b.de>");
        // Layers in layers: to look into each would take the square of their length.
        String nested = "a@b.de";
        while (nested.length() <= 10_000)
            nested = "a@b.de<mailto:"
                    + nested.replace("%", "%25").replace("<", "%3C").replace(">", "%3E") + ">";
        assertRefused("is longer than 254 bytes", nested);
    }

    @Test
    void marks_that_a_link_brings_in_are_put_in_order() throws Refused {
        String below = "%CC%A3".repeat(20);
        String above = "%CC%81".repeat(20);
        assertEquals(stored("mailto:a" + below + above + "@b.de"), stored("mailto:a" + above + below + "@b.de"));
        // Lower case brings about a letter that is composed.
        assertEquals("\u01f0" + "\u0323".repeat(40) + "@b.de", stored("mailto:J%CC%8C" + below + below + "@b.de"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
            \u201cann@a.xn--example-e36c | ann@a.example
            \u200bann@a.example         | ann@a.example
            ann@xn--bcher-kva.de        | ann@xn--bcher-kva.de
            """)
    void an_address_that_an_older_version_stored_is_understood(String stored, String now) throws Refused {
        assertEquals(now, EMAIL.restore(stored));
    }

    @Test
    void a_long_text_that_an_older_version_stored_is_not_deciphered() {
        assertThrows(Refused.class, () -> EMAIL.restore("ann@xn--" + "9".repeat(3_000_000) + ".de"));
    }

    @Test
    void a_symbol_that_an_older_version_stored_is_refused_still() {
        assertThrows(Refused.class, () -> EMAIL.restore("ann@xn--n3h.de"));
    }

    /** UTS #46, non-transitional: these letters make domains of their own. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            a@fa\u00df.de                                | a@xn--fa-hia.de
            a@fass.de                                    | a@fass.de
            a@\u03b2\u03cc\u03bb\u03bf\u03c2.com         | a@xn--nxasmm1c.com
            a@\u03b2\u03cc\u03bb\u03bf\u03c3.com         | a@xn--nxasmq6b.com
            """)
    void sharp_s_and_final_sigma_are_not_replaced(String sent, String stored) throws Refused {
        assertEquals(stored, stored(sent));
    }

    @ParameterizedTest
    @ValueSource(strings = {"INFO@EXAMPLE.IT", "I\u0130@IMAP.IT", "info@\u0130I.de"})
    void the_language_of_the_machine_makes_no_difference(String sent) throws Refused {
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.ROOT);
            String stored = stored(sent);
            Locale.setDefault(Locale.forLanguageTag("tr-TR"));
            assertEquals(stored, stored(sent));
            assertFalse(stored.contains("\u0131"), stored);
        } finally {
            Locale.setDefault(before);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ann                  | is not an e-mail address: it has no @
            ann.example.com      | is not an e-mail address: it has no @
            a@b@c.de             | is not an e-mail address: it has more than one @
            a@@c.de              | is not an e-mail address: it has more than one @
            @c.de                | is not an e-mail address: nothing is before the @
            a@localhost          | is not an e-mail address: its domain needs at least two parts
            a@xn--bcher-kva      | is not an e-mail address: its domain needs at least two parts
            """)
    void what_is_no_address_is_refused_with_its_reason(String sent, String reason) {
        assertRefused(reason, sent);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a b@c.de",
                "a\u00a0b@c.de",
                "a\u3000b@c.de",
                "a\u0085b@c.de",
                "a\u0007b@c.de",
                "a\u0000b@c.de",
                "a @c.de"
            })
    void white_space_and_control_characters_of_any_kind_are_refused(String sent) {
        String code = "U+%04X".formatted((int) sent.charAt(1));
        assertRefused("is not an e-mail address: it has white space or a control character, " + code, sent);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a@",
                "a@.",
                "a@.de",
                "a@b..de",
                "a@b.de.",
                "a@b.",
                "a@-b.de",
                "a@b-.de",
                "a@b_c.de",
                "a@b,de",
                "a@[127.0.0.1]",
                "a@b.de>",
                "a@b.de/c",
                "a@xn--a.de",
                "a@xn--.de",
                "a@b\ufffd.de",
                "a@b\uff20c.de",
                "a@\u05d0a.de",
                "a@ab--c.d\u00e9",
                "a@\u0301b.de"
            })
    void a_domain_that_cannot_be_one_is_refused(String sent) {
        assertRefused("is not an e-mail address: its domain is not valid", sent);
    }

    @Test
    void a_label_has_at_most_63_characters() throws Refused {
        String most = "a@" + "x".repeat(63) + ".de";

        assertEquals(most, stored(most));
        assertThrows(Refused.class, () -> stored("a@" + "x".repeat(64) + ".de"));
        assertThrows(Refused.class, () -> stored("a@b." + "x".repeat(64)));
    }

    /** ICU throws where a label is longer than any: some characters become eighteen. */
    @Test
    void a_label_that_becomes_far_too_long_is_refused() {
        for (String label : List.of("\u00fc".repeat(1_005), "\u3316".repeat(1_000), "xn--" + "\u3316".repeat(1_000))) {
            assertThrows(Refused.class, () -> stored("a@" + label + ".de"));
            assertThrows(Refused.class, () -> EMAIL.restore("a@" + label + ".de"));
        }
    }

    @Test
    void an_address_has_at_most_254_bytes_as_it_is_stored() throws Refused {
        assertStoredUpTo(254, "x".repeat(249) + "@b.de");
        assertStoredUpTo(254, "x" + "é".repeat(124) + "@b.de");
        // Two bytes as sent, three as stored
        assertStoredUpTo(254, "\u0130".repeat(83) + "@b.de");
        assertStoredUpTo(254, "x".repeat(237) + "@bücher.de");
    }

    @Test
    void bytes_that_go_away_do_not_count() throws Refused {
        assertEquals("a@b.de", stored("x".repeat(300) + " <a@b.de" + "\u00ad".repeat(300) + ">"));
    }

    private static void assertStoredUpTo(int bytes, String longest) throws Refused {
        String stored = stored(longest);
        assertEquals(bytes, stored.getBytes(StandardCharsets.UTF_8).length);
        Refused refused = assertThrows(Refused.class, () -> stored("x" + longest));
        assertTrue(refused.getMessage().contains("254 bytes"), refused.getMessage());
    }

    private static void assertRefused(String reason, String sent) {
        assertEquals(reason, assertThrows(Refused.class, () -> stored(sent)).getMessage());
    }

    private static String stored(String sent) throws Refused {
        return EMAIL.normalise(Cells.clean(sent));
    }
}
