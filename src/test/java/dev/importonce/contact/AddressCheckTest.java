package dev.importonce.contact;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.ibm.icu.lang.UCharacter;
import com.ibm.icu.util.VersionInfo;
import dev.importonce.fixture.Database;
import dev.importonce.fixture.TestPostgres;
import dev.importonce.target.type.Cells;
import dev.importonce.target.type.Characters;
import dev.importonce.target.type.Email;
import dev.importonce.target.type.Normaliser.Refused;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What the database refuses is what no import stores. */
@QuarkusTest
@QuarkusTestResource(TestPostgres.class)
public class AddressCheckTest {
    private static final Email EMAIL = new Email();

    /** The newest characters that the constraint knows. A later Unicode's are refused by imports alone. */
    private static final VersionInfo KNOWN = VersionInfo.getInstance(17);

    Database database;

    @Test
    void it_refuses_what_imports_refuse_before_the_at_and_no_more() {
        List<String> addresses = new ArrayList<>();
        for (int c = 1; c <= Character.MAX_CODE_POINT; c++) {
            boolean unassigned = UCharacter.getAge(c).getMajor() == 0 && !Characters.isUnseen(c);
            if (Character.getType(c) == Character.SURROGATE || unassigned) continue;
            String address = "a" + Character.toString(c) + "b@b.de";
            // What NFC replaces is never stored.
            boolean stands = Normalizer.isNormalized(address, Normalizer.Form.NFC);
            if (stands && UCharacter.getAge(c).compareTo(KNOWN) <= 0) addresses.add(address);
        }
        assertTrue(addresses.size() > 250_000, "characters: " + addresses.size());

        List<String> refused = refused(addresses);

        List<String> expected = new ArrayList<>();
        for (String address : addresses) if (stored(address) == null) expected.add(address);
        // Those in upper case are stored in lower case, a second @ is no character of this kind.
        refused.removeIf(address -> address.charAt(1) >= 'A' && address.charAt(1) <= 'Z');
        assertEquals(describe(expected), describe(refused));
    }

    /** What a link brings in encoded has not been put in NFC before. */
    @Test
    void it_takes_whatever_imports_store_of_links() {
        List<String> stored = new ArrayList<>();
        for (int c = 1; c <= Character.MAX_VALUE; c++) {
            if (Character.getType(c) == Character.SURROGATE) continue;
            String address =
                    stored("mailto:a" + URLEncoder.encode(Character.toString(c), StandardCharsets.UTF_8) + "b@b.de");
            if (address != null) stored.add(address);
        }
        assertTrue(stored.size() > 50_000, "stored: " + stored.size());

        assertEquals(List.of(), refused(stored));
    }

    @Test
    void it_takes_whatever_imports_store() {
        Random random = new Random(21);
        String characters =
                "ab.+-_'`\"@<>(),;:\\[]A\u00c9\u00fc\u00df\u03a3\u03c2\u200b\u00ad\ufeff\u2019\u201c \u00a0\u3000\ud83d\udca9\u6f22";
        List<String> stored = new ArrayList<>();
        for (int i = 0; i < 200_000; i++) {
            StringBuilder sent = new StringBuilder();
            for (int n = random.nextInt(6); n > 0; n--) sent.append(character(characters, random));
            sent.append(character("aB\u00fc\u6f22\u0416", random)).append('@');
            for (int n = random.nextInt(4); n > 0; n--) sent.append(character("ab-1\u00fc\u00df\u6f22\u200d", random));
            sent.append("x.").append(List.of("de", "\u6f22\u5b57", "COM").get(random.nextInt(3)));
            for (int n = random.nextInt(3); n > 0; n--) sent.append(character(characters, random));
            String address = stored(sent.toString());
            if (address != null) stored.add(address);
        }
        assertTrue(stored.size() > 20_000, "stored: " + stored.size());

        assertEquals(List.of(), refused(stored));
    }

    @Test
    void it_refuses_what_anybody_can_see_to_be_no_address() {
        List<String> wrong = List.of(
                "Upper@example.com",
                "a@Example.com",
                " a@example.com",
                "a@example",
                "a@@example.com",
                "a b@example.com",
                "@example.com",
                "a@",
                "a@.com",
                "a@example.",
                "a@example..com",
                "a@b\u00fccher.de",
                "a@example.com\u200b",
                "\u200ba@example.com",
                "\ufeffa@example.com",
                "\"a@example.com\"",
                "\u201ca@example.com\u201d",
                "mailto:a@example.com",
                "<a@example.com>",
                "a@example.com,",
                "a".repeat(243) + "@example.com");
        assertEquals(wrong, refused(wrong));
        assertEquals(
                List.of(),
                refused(List.of(
                        "o'neil+x@sub.example-1.com", "\u00fcnal@xn--bcher-kva.de", "a".repeat(242) + "@example.com")));
    }

    @Test
    void it_is_the_one_that_the_clean_up_would_make() {
        String migrated = definition();
        database.update("alter table contacts drop constraint contacts_email_shape");
        try {
            database.update(AddressCheck.ADD);
            assertEquals(migrated + " NOT VALID", definition());
        } finally {
            database.update("alter table contacts validate constraint contacts_email_shape");
        }
    }

    private String definition() {
        return database.rows(
                        "select pg_get_constraintdef(oid) from pg_constraint where conname = 'contacts_email_shape'"
                                + " and conrelid = 'contacts'::regclass")
                .get(0)
                .get(0)
                .toString();
    }

    /** Those that the constraint itself refuses, in the order given. */
    private List<String> refused(List<String> addresses) {
        String check = definition().replaceFirst("^CHECK ", "");
        assertFalse(check.isEmpty());
        List<String> refused = new ArrayList<>();
        database.rows(
                        "select email from (select a collate \"C\" as email, n from unnest(?::text[]) with ordinality u (a, n)) e"
                                + " where not " + check + " order by n",
                        (Object) addresses.toArray(String[]::new))
                .forEach(row -> refused.add((String) row.get(0)));
        return refused;
    }

    private static List<String> describe(List<String> addresses) {
        return addresses.stream()
                .map(address -> "U+%04X".formatted(address.codePointAt(1)))
                .toList();
    }

    private static String character(String characters, Random random) {
        int[] all = characters.codePoints().toArray();
        return Character.toString(all[random.nextInt(all.length)]);
    }

    /** Null when refused. */
    private static String stored(String sent) {
        try {
            return EMAIL.normalise(Cells.clean(sent));
        } catch (Refused e) {
            return null;
        }
    }
}
