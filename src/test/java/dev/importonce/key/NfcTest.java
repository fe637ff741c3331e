package dev.importonce.key;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.text.Normalizer;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;

class NfcTest {
    @Property(tries = 3000)
    void any_text_is_composed_as_the_runtime_does_it(@ForAll @StringLength(max = 30) String text) {
        assertTrue(Nfc.isSafe(text));
        assertEquals(Normalizer.normalize(text, Normalizer.Form.NFC), Nfc.of(text));
    }

    /** A million marks in the wrong order would take a core for an hour. */
    @Example
    void marks_are_put_in_order_as_long_as_they_are_few() {
        String few = "e" + "\u0301".repeat(15) + "\u0316".repeat(15);
        String many = "e" + "\u0301".repeat(500_000) + "\u0316".repeat(500_000);
        String outside = "e" + "\ud834\udd6d".repeat(31);

        assertEquals(Normalizer.normalize(few + few, Normalizer.Form.NFC), Nfc.of(few + few));
        assertFalse(Nfc.isSafe(many));
        assertSame(many, Nfc.of(many));
        assertFalse(Nfc.isSafe(outside));
    }
}
