package dev.importonce.send;

import com.fasterxml.jackson.databind.JsonNode;
import dev.importonce.problem.Fault;
import dev.importonce.problem.ProblemException;
import dev.importonce.problem.ProblemType;
import dev.importonce.words.Sentence;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Reads the messages of a request, strictly: if there are errors, all of them are reported, and nothing is enqueued. */
final class NewItems {
    private static final int MAX_ITEMS = 1000;
    static final int MAX_ID_LENGTH = 128;
    static final int MAX_CHANNEL_LENGTH = 64;
    static final int MAX_BODY_LENGTH = 10_000;
    static final int MAX_STEP = 10_000;
    private static final int MAX_FAULTS = 100;
    static final Instant LATEST = Instant.parse("2999-12-31T23:59:59Z");
    private static final Set<String> PROPERTIES =
            Set.of("campaignId", "prospectId", "step", "channel", "body", "scheduledFor");

    private final List<Fault> faults = new ArrayList<>();

    private NewItems() {}

    /** @return 1 to 1,000 messages in the order sent */
    static List<NewItem> read(JsonNode json) {
        if (!json.isObject() || !json.path("items").isArray() || json.size() != 1)
            throw new ProblemException(ProblemType.MALFORMED_REQUEST, Sentence.of("body-must-have-items"));
        JsonNode items = json.get("items");
        if (items.isEmpty() || items.size() > MAX_ITEMS)
            throw new ProblemException(ProblemType.INVALID_PARAMETER, Sentence.of("items-at-once", MAX_ITEMS));
        NewItems reader = new NewItems();
        List<NewItem> read = new ArrayList<>();
        for (int i = 0; i < items.size(); i++) read.add(reader.item("/items/" + i, items.get(i)));
        if (!reader.faults.isEmpty())
            throw new ProblemException(
                    ProblemType.INVALID_PARAMETER,
                    Sentence.of("items-not-valid"),
                    reader.faults.subList(0, Math.min(MAX_FAULTS, reader.faults.size())));
        return read;
    }

    private NewItem item(String at, JsonNode item) {
        if (!item.isObject()) {
            faults.add(Fault.at(at, Sentence.of("this-must-be-object")));
            return null;
        }
        for (String name : (Iterable<String>) item::fieldNames)
            if (!PROPERTIES.contains(name)) faults.add(Fault.at(at + "/" + name, Sentence.of("no-such-property")));
        return new NewItem(
                text(at, item, "campaignId", MAX_ID_LENGTH),
                text(at, item, "prospectId", MAX_ID_LENGTH),
                step(at, item.path("step")),
                text(at, item, "channel", MAX_CHANNEL_LENGTH),
                text(at, item, "body", MAX_BODY_LENGTH),
                time(at, item.path("scheduledFor")));
    }

    private String text(String at, JsonNode item, String name, int most) {
        String text = item.path(name).isTextual() ? item.get(name).textValue() : "";
        boolean fits = !text.isBlank() && text.codePointCount(0, text.length()) <= most && text.indexOf('\0') < 0;
        if (!fits || text.codePoints().anyMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE))
            faults.add(Fault.at(at + "/" + name, Sentence.of("this-must-be-text-of", most)));
        return text;
    }

    private int step(String at, JsonNode step) {
        boolean fits = step.isIntegralNumber()
                && step.canConvertToInt()
                && step.intValue() >= 0
                && step.intValue() <= MAX_STEP;
        if (!fits) faults.add(Fault.at(at + "/step", Sentence.of("this-must-be-whole-number", 0, MAX_STEP)));
        return step.intValue();
    }

    private Instant time(String at, JsonNode time) {
        if (time.isMissingNode() || time.isNull()) return null;
        try {
            Instant instant = OffsetDateTime.parse(time.asText()).toInstant();
            if (instant.isAfter(Instant.EPOCH) && instant.isBefore(LATEST)) return instant;
        } catch (DateTimeException e) {
            // Reported below.
        }
        faults.add(Fault.at(at + "/scheduledFor", Sentence.of("this-must-be-time")));
        return null;
    }
}
