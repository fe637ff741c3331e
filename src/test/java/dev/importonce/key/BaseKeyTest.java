package dev.importonce.key;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.util.UUID;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class BaseKeyTest {
    record Triple(UUID user, Sha256 mapping, Sha256 file) {
        BaseKey key() {
            return BaseKey.of(user, mapping, file);
        }
    }

    /** Few values for each part, so that two triples often differ in one part only or have the same parts swapped. */
    @Property(tries = 1000)
    void two_triples_have_one_key_exactly_when_they_are_the_same(
            @ForAll("triples") Triple one, @ForAll("triples") Triple other) {
        assertEquals(one.equals(other), one.key().equals(other.key()));
    }

    @Example
    void mapping_and_file_do_not_trade_places() {
        Sha256 a = Sha256.hash(bytes("a"));
        Sha256 b = Sha256.hash(bytes("b"));

        assertNotEquals(BaseKey.of(new UUID(0, 1), a, b), BaseKey.of(new UUID(0, 1), b, a));
    }

    /** Keys are stored: whoever changes how they are made must change the version in front of them. */
    @Example
    void a_known_triple_has_a_known_key() {
        UUID user = UUID.fromString("00000000-0000-0000-0000-000000000001");

        BaseKey key = BaseKey.of(user, Sha256.hash(bytes("{}")), Sha256.hash(bytes("a\n")));

        assertEquals("v1:97537ec4591f8f38e3680028c8e72caf76857200c95280b371c22923a226881e", key.value());
    }

    @Example
    void a_base_key_of_another_shape_cannot_be_made() {
        String hex = "0".repeat(64);
        for (String value : new String[] {
            "", hex, "v2:" + hex, "v1:" + hex + "0", "v1:" + hex.substring(1) + "A", "v1:" + hex + "\n"
        }) assertThrows(IllegalArgumentException.class, () -> new BaseKey(value), value);
    }

    @Property(tries = 300)
    void an_idempotency_key_belongs_to_one_job(
            @ForAll("triples") Triple triple, @ForAll("ids") UUID one, @ForAll("ids") UUID other) {
        IdempotencyKey key = IdempotencyKey.of(triple.key(), one);

        assertEquals(triple.key().value() + "_" + one, key.value());
        assertEquals(one.equals(other), key.equals(IdempotencyKey.of(triple.key(), other)));
    }

    @Provide
    Arbitrary<Triple> triples() {
        Arbitrary<Sha256> hashes = Arbitraries.of("", "a", "b").map(text -> Sha256.hash(bytes(text)));
        return Combinators.combine(ids(), hashes, hashes).as(Triple::new);
    }

    @Provide
    Arbitrary<UUID> ids() {
        return Arbitraries.of(new UUID(0, 1), new UUID(0, 2), new UUID(1, 0));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
