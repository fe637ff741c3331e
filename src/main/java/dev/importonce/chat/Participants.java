package dev.importonce.chat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The people of a chat: a set. They are ids, so they are compared as they are: no case is folded, no Unicode form
 * composed; two spellings are two people.
 *
 * @param members 2 to 100 different ones in code point order, each of 1 to 128 characters (code points) that
 *     PostgreSQL can store: no U+0000, no half of a surrogate pair
 */
record Participants(List<String> members) {
    static final int MIN = 2;
    static final int MAX = 100;
    static final int MAX_LENGTH = 128;

    /** UTF-8 sorts as code points do (RFC 3629, section 1); UTF-16, which String compares by, does not. */
    static final Comparator<String> BY_CODE_POINT =
            Comparator.comparing(member -> member.getBytes(StandardCharsets.UTF_8), Arrays::compareUnsigned);

    /** @param members in any order, any of them any number of times */
    Participants {
        for (String member : members)
            faultOf(member).ifPresent(fault -> {
                throw new IllegalArgumentException(fault);
            });
        members = members.stream().distinct().sorted(BY_CODE_POINT).toList();
        if (members.size() < MIN || members.size() > MAX)
            throw new IllegalArgumentException("not " + MIN + " to " + MAX + " participants");
    }

    /** What keeps this from being a participant, as a sentence for whoever sent it. */
    static Optional<String> faultOf(String member) {
        int length = member.codePointCount(0, member.length());
        if (length < 1 || length > MAX_LENGTH)
            return Optional.of(
                    "A participant must have 1 to " + MAX_LENGTH + " characters; this one has " + length + ".");
        return Text.faultOf(member);
    }
}
