package dev.importonce.chat;

import dev.importonce.key.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The unique key of a set of participants; two keys are equal exactly when the sets are equal.
 *
 * <p>The members in code point order, {@code \} and {@code _} in them escaped with {@code \}, joined by {@code _}. So every
 * {@code _} without a {@code \} of its own before it separates two members, and the members can be read back: different sets
 * have different keys. If this text is longer than 512 bytes of UTF-8, the key is {@code sha256:} and the hash of the text.
 * A text of two or more members always has a separator, a hash has none, so the two forms are never equal.
 *
 * @param value 3 to 512 bytes of UTF-8
 */
record ParticipantsKey(String value) {
    private static final int MAX_BYTES = 512;
    private static final Pattern HASHED = Pattern.compile("sha256:[0-9a-f]{64}");
    private static final Pattern JOINED =
            Pattern.compile("(?:[^\\\\_]|\\\\[\\\\_])++(?:_(?:[^\\\\_]|\\\\[\\\\_])++)++");

    ParticipantsKey {
        if (value.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES
                || !HASHED.matcher(value).matches() && !JOINED.matcher(value).matches())
            throw new IllegalArgumentException("not a participants key");
    }

    static ParticipantsKey of(Participants participants) {
        String joined = participants.members().stream()
                .map(member -> member.replace("\\", "\\\\").replace("_", "\\_"))
                .collect(Collectors.joining("_"));
        byte[] bytes = joined.getBytes(StandardCharsets.UTF_8);
        return new ParticipantsKey(
                bytes.length <= MAX_BYTES
                        ? joined
                        : "sha256:" + Sha256.hash(bytes).hex());
    }
}
