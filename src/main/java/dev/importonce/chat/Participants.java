package dev.importonce.chat;

import dev.importonce.json.Text;
import dev.importonce.words.Sentence;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The set of people in a chat. They are ids, so they are compared without case folding and without Unicode normalisation:
 * two spellings are two people.
 *
 * @param members 2 to 100 different ones in code point order, each of 1 to 128 characters (code points) that PostgreSQL can
 *     store: no U+0000, no unpaired surrogate
 */
record Participants(List<String> members) {
    static final int MIN = 2;
    static final int MAX = 100;
    static final int MAX_LENGTH = 128;

    /** The order of UTF-8 is the order of code points (RFC 3629, section 1); the order of UTF-16, which String uses, is not. */
    static final Comparator<String> BY_CODE_POINT =
            Comparator.comparing(member -> member.getBytes(StandardCharsets.UTF_8), Arrays::compareUnsigned);

    /** @param members in any order; repetitions are allowed */
    Participants {
        for (String member : members)
            faultOf(member).ifPresent(fault -> {
                throw new IllegalArgumentException(fault.english());
            });
        members = members.stream().distinct().sorted(BY_CODE_POINT).toList();
        if (members.size() < MIN || members.size() > MAX)
            throw new IllegalArgumentException("not " + MIN + " to " + MAX + " participants");
    }

    /** The reason why this text cannot be a participant, as a sentence for the sender. */
    static Optional<Sentence> faultOf(String member) {
        int length = member.codePointCount(0, member.length());
        if (length < 1 || length > MAX_LENGTH)
            return Optional.of(Sentence.of("participant-length", MAX_LENGTH, length));
        return Text.faultOf(member);
    }
}
