package dev.importonce.contact;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.importonce.load.Cells;
import dev.importonce.load.Normaliser.Refused;
import java.nio.charset.StandardCharsets;
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
            """)
    void an_address_is_trimmed_and_lower_cased_and_keeps_its_dots_and_tags(String sent, String stored) throws Refused {
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
    void letters_outside_ascii_are_fine_before_the_at_and_have_one_spelling(String sent, String stored) throws Refused {
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
            a@ex\u00adample.de       | a@example.de
            a@\u200ab.de             |
            """)
    void a_domain_is_stored_in_ascii_whatever_it_is_written_in(String sent, String stored) throws Refused {
        if (stored == null) assertThrows(Refused.class, () -> stored(sent));
        else assertEquals(stored, stored(sent));
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
        assertEquals(reason, assertThrows(Refused.class, () -> stored(sent)).getMessage());
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
        assertEquals(
                "is not an e-mail address: it has white space or a control character",
                assertThrows(Refused.class, () -> stored(sent)).getMessage());
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
                "a@b c.de",
                "a@ b.de",
                "a@-b.de",
                "a@b-.de",
                "a@b_c.de",
                "a@b,de",
                "a@[127.0.0.1]",
                "a@b.de>",
                "a@b.de/c",
                "a@b\u0000.de",
                "a@xn--a.de",
                "a@xn--.de",
                "a@\u00ad.de",
                "a@b\ufffd.de",
                "a@b\uff20c.de",
                "a@\u05d0a.de",
                "a@ab--c.d\u00e9",
                "a@\u0301b.de"
            })
    void a_domain_that_cannot_be_one_is_refused(String sent) {
        assertEquals(
                "is not an e-mail address: its domain is not valid",
                assertThrows(Refused.class, () -> stored(sent)).getMessage());
    }

    @Test
    void a_label_has_at_most_63_characters() throws Refused {
        String most = "a@" + "x".repeat(63) + ".de";

        assertEquals(most, stored(most));
        assertThrows(Refused.class, () -> stored("a@" + "x".repeat(64) + ".de"));
        assertThrows(Refused.class, () -> stored("a@b." + "x".repeat(64)));
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
        assertEquals("a@b.de", stored("a@b" + "\u00ad".repeat(300) + ".de"));
    }

    private static void assertStoredUpTo(int bytes, String longest) throws Refused {
        String stored = stored(longest);
        assertEquals(bytes, stored.getBytes(StandardCharsets.UTF_8).length);
        Refused refused = assertThrows(Refused.class, () -> stored("x" + longest));
        assertTrue(refused.getMessage().contains("254 bytes"), refused.getMessage());
    }

    private static String stored(String sent) throws Refused {
        return EMAIL.normalise(Cells.clean(sent));
    }
}
