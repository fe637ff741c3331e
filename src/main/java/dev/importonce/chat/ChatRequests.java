package dev.importonce.chat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.importonce.json.Text;
import dev.importonce.words.Sentence;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads request bodies, and reports all their errors at once. */
final class ChatRequests {
    private static final int MAX_MESSAGE_LENGTH = 10_000;

    private ChatRequests() {}

    /** {@code {"participants": ["…", "…"]}}. */
    static Participants participants(InputStream json) throws IOException {
        JsonBody body = JsonBody.read(json, "participants");
        List<String> members = new ArrayList<>();
        if (!body.value().isArray())
            body.fault("/participants", Sentence.of("must-be-array-of-strings", "participants"));
        else for (JsonNode member : body.value()) member(body, member, members);
        body.refuseFaults();
        long different = members.stream().distinct().count();
        if (different < Participants.MIN || different > Participants.MAX)
            body.fault(
                    "/participants",
                    Sentence.of("participants-out-of-range", Participants.MIN, Participants.MAX, different));
        body.refuseFaults();
        return new Participants(members);
    }

    private static void member(JsonBody body, JsonNode member, List<String> members) {
        // The index also counts members with a fault, since the pointer names their place in the array.
        Optional<Sentence> fault = member.isTextual()
                ? Participants.faultOf(member.textValue())
                : Optional.of(Sentence.of("this-must-be-string"));
        int place = members.size();
        fault.ifPresent(detail -> body.fault("/participants/" + place, detail));
        members.add(member.asText());
    }

    /** {@code {"body": "…"}}: 1 to 10,000 characters. */
    static String message(InputStream json) throws IOException {
        JsonBody body = JsonBody.read(json, "body");
        if (!body.value().isTextual()) body.fault("/body", Sentence.of("must-be-string", "body"));
        String text = body.value().asText();
        int length = text.codePointCount(0, text.length());
        if (body.value().isTextual() && (length < 1 || length > MAX_MESSAGE_LENGTH))
            body.fault("/body", Sentence.of("message-length", length));
        Text.faultOf(text).ifPresent(detail -> body.fault("/body", detail));
        body.refuseFaults();
        return text;
    }
}
