package dev.importonce.chat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class ParticipantsKeyTest {
    /** Few letters, most of them with a meaning in a key: two sets are often nearly the same. */
    @Property(tries = 5000)
    void two_sets_have_one_key_exactly_when_they_are_the_same(
            @ForAll("smallSets") Set<String> one, @ForAll("smallSets") Set<String> other) {
        assertEquals(one.equals(other), key(one).equals(key(other)));
    }

    @Property(tries = 1000)
    void different_sets_have_different_keys_also_when_hashed(
            @ForAll("sets") Set<String> one, @ForAll("sets") Set<String> other) {
        assertEquals(one.equals(other), key(one).equals(key(other)));
    }

    @Property(tries = 1000)
    void order_and_repeats_make_no_difference(@ForAll("sets") Set<String> set, @ForAll Random random) {
        List<String> sent = new ArrayList<>(set);
        for (String member : set) if (random.nextBoolean()) sent.add(member);
        Collections.shuffle(sent, random);

        assertEquals(key(set), key(sent));
        assertEquals(new Participants(List.copyOf(set)), new Participants(sent));
    }

    /** What makes the keys of different sets different, shown by undoing it. */
    @Property(tries = 2000)
    void a_key_that_is_not_hashed_can_be_read_back(@ForAll("smallSets") Set<String> set) {
        assertEquals(set, new TreeSet<>(readBack(key(set).value())));
    }

    /** A hash has no separator, a joined key always has one: no set can be named so that its key is another one's hash. */
    @Property(tries = 2000)
    void a_joined_key_never_looks_like_a_hashed_one(@ForAll("sets") Set<String> set) {
        String key = key(set).value();
        boolean hashed = key.matches("sha256:[0-9a-f]{64}");

        assertEquals(joined(set).getBytes(StandardCharsets.UTF_8).length > 512, hashed, key);
        assertEquals(!hashed, readBack(key).size() > 1, key);
    }

    @Example
    void a_participant_named_like_a_hash_is_not_taken_for_its_set() {
        List<String> many =
                IntStream.range(0, 100).mapToObj(i -> "participant " + i).toList();
        String hash = key(many).value();
        assertEquals(71, hash.length());

        // Alone it is no set, and with anybody beside it the key has a separator.
        assertThrows(IllegalArgumentException.class, () -> new Participants(List.of(hash)));
        assertThrows(IllegalArgumentException.class, () -> new Participants(List.of(hash, hash)));
        assertEquals("b_" + hash, key(List.of(hash, "b")).value());
    }

    @Example
    void known_sets_have_known_keys() {
        assertEquals("UserA_UserB", key(List.of("UserB", "UserA", "UserB")).value());
        assertEquals("a\\_b_c", key(List.of("a_b", "c")).value());
        assertEquals("a_b\\_c", key(List.of("a", "b_c")).value());
        assertEquals("a\\\\_b", key(List.of("a\\", "b")).value());
        assertEquals("a\\\\\\__b", key(List.of("b", "a\\_")).value());
        assertEquals("\\__\\_\\_", key(List.of("_", "__")).value());
        // Stored: whoever changes how keys are made must make all stored ones anew.
        assertEquals(
                "sha256:3e49c57cba753afff965e4fc73e36c5457fd98a644b1b54340d91d9b9299e9a7",
                key(List.of("a".repeat(128), "b".repeat(128), "c".repeat(128), "d".repeat(128), "e"))
                        .value());
    }

    @Example
    void up_to_512_bytes_a_key_is_readable() {
        List<String> longest = List.of("a".repeat(128), "b".repeat(128), "c".repeat(128), "d".repeat(125));
        List<String> tooLong = List.of("a".repeat(128), "b".repeat(128), "c".repeat(128), "d".repeat(126));
        // Bytes, not characters: each of these has two, and escapes count.
        List<String> umlauts = List.of("\u00e4".repeat(128), "\u00f6".repeat(127));
        List<String> escaped = List.of("_".repeat(128), "\\".repeat(128));

        assertEquals(512, key(longest).value().length());
        assertTrue(key(tooLong).value().startsWith("sha256:"));
        assertFalse(key(umlauts).value().startsWith("sha256:"));
        assertTrue(key(escaped).value().startsWith("sha256:"));
    }

    @Example
    void members_are_sorted_by_code_point_and_not_by_utf16() {
        String privateUse = "\uffff";
        String emoji = "\ud83d\ude00";
        assertTrue(privateUse.compareTo(emoji) > 0);

        assertEquals(List.of(privateUse, emoji), new Participants(List.of(emoji, privateUse)).members());
    }

    @Property(tries = 1000)
    void members_are_in_the_order_of_their_code_points(@ForAll("sets") Set<String> set) {
        List<String> members = new Participants(List.copyOf(set)).members();

        for (int i = 1; i < members.size(); i++)
            assertTrue(Arrays.compare(
                            members.get(i - 1).codePoints().toArray(),
                            members.get(i).codePoints().toArray())
                    < 0);
    }

    /** Ids: neither case nor Unicode form is changed. */
    @Example
    void two_spellings_are_two_people() {
        assertEquals(
                4,
                new Participants(List.of("\u00e4", "a\u0308", "A", "a"))
                        .members()
                        .size());
        assertNotEquals(key(List.of("\u00e4", "b")), key(List.of("a\u0308", "b")));
    }

    @Example
    void a_set_that_is_none_cannot_be_made() {
        for (List<String> members : List.of(
                List.<String>of(),
                List.of("a"),
                List.of("a", "a"),
                List.of("a", ""),
                List.of("a", "b".repeat(129)),
                List.of("a", "\u0000"),
                List.of("a", "\ud83d"),
                List.of("a", "\ude00\ud83d"),
                IntStream.range(0, 101).mapToObj(String::valueOf).toList()))
            assertThrows(IllegalArgumentException.class, () -> new Participants(members), members::toString);
        assertEquals(
                2,
                new Participants(List.of("a", "\ud83d\ude00".repeat(128)))
                        .members()
                        .size());
    }

    @Example
    void a_key_of_another_shape_cannot_be_made() {
        for (String value : List.of(
                "",
                "a",
                "a_",
                "_a",
                "a__b",
                "a\\_b",
                "a\\b_c",
                "a_b\\",
                "sha256:" + "0".repeat(63) + "G",
                "a_" + "b".repeat(511)))
            assertThrows(IllegalArgumentException.class, () -> new ParticipantsKey(value), value);
    }

    @Provide
    Arbitrary<Set<String>> smallSets() {
        return Arbitraries.strings()
                .withChars("ab_\\")
                .ofMinLength(1)
                .ofMaxLength(3)
                .set()
                .ofMinSize(2)
                .ofMaxSize(3);
    }

    @Provide
    Arbitrary<Set<String>> sets() {
        Arbitrary<String> members = Arbitraries.integers()
                .between(1, 0x10FFFF)
                .filter(c -> c < 0xD800 || c > 0xDFFF)
                .map(Character::toString)
                .list()
                .ofMinSize(1)
                .ofMaxSize(128)
                .map(characters -> String.join("", characters));
        Arbitrary<String> hashes =
                Arbitraries.strings().withChars("0123456789abcdef").ofLength(64).map(hex -> "sha256:" + hex);
        return Arbitraries.oneOf(members, hashes).set().ofMinSize(2).ofMaxSize(12);
    }

    private static ParticipantsKey key(Iterable<String> members) {
        List<String> list = new ArrayList<>();
        members.forEach(list::add);
        return ParticipantsKey.of(new Participants(list));
    }

    private static String joined(Set<String> members) {
        return String.join(
                "_",
                members.stream()
                        .map(member -> member.replace("\\", "\\\\").replace("_", "\\_"))
                        .toList());
    }

    /** Splits at every separator that is not escaped. */
    private static List<String> readBack(String key) {
        List<String> members = new ArrayList<>();
        StringBuilder member = new StringBuilder();
        for (int i = 0; i < key.length(); i++) {
            if (key.charAt(i) == '_') {
                members.add(member.toString());
                member.setLength(0);
            } else {
                if (key.charAt(i) == '\\') i++;
                member.append(key.charAt(i));
            }
        }
        members.add(member.toString());
        return members;
    }
}
