package dev.importonce.contact;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.importonce.load.Cells;
import dev.importonce.load.Normaliser.Refused;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class EmailPropertyTest {
    /** The constraint contacts_email_normalised of the contacts table; white space is a matter of any script here. */
    private static final Pattern SHAPE = Pattern.compile("[^@\\s\\p{Z}A-Z]+@[^@.A-Z]+(\\.[^@.A-Z]+)+");

    private static final Email EMAIL = new Email();

    @Property(tries = 1000)
    void a_stored_address_is_stored_as_it_is(@ForAll("addresses") String sent) {
        assertStable(sent);
    }

    @Property(tries = 1000)
    void canonically_equivalent_addresses_are_one(@ForAll("addresses") String sent) {
        assertEquals(stored(java.text.Normalizer.normalize(sent, java.text.Normalizer.Form.NFD)), stored(sent));
    }

    @Example
    void every_letter_and_symbol_is_stored_in_a_stable_form_or_refused() {
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

    @Provide
    Arbitrary<String> addresses() {
        Arbitrary<String> locals = Arbitraries.strings()
                .ascii()
                .withCharRange('\u00a0', '\u024f')
                .withCharRange('\u0300', '\u036f')
                .withCharRange('\u0370', '\u03ff')
                .withCharRange('\u1e00', '\u1eff')
                .ofMinLength(1)
                .ofMaxLength(12);
        Arbitrary<String> labels = Arbitraries.strings()
                .withChars("abXY19-\u00e9\u00c9e\u0301\u00df\u03c3\u03c2\u03a3\u00ad\u3002")
                .ofMinLength(1)
                .ofMaxLength(8);
        return Combinators.combine(locals, labels, labels).as((local, a, b) -> local + "@" + a + "." + b);
    }

    private static void assertStable(String sent) {
        stored(sent).ifPresent(stored -> {
            assertEquals(Optional.of(stored), stored(stored));
            assertEquals(stored, Cells.clean(stored));
            assertTrue(SHAPE.matcher(stored).matches(), stored);
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
