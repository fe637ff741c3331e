package dev.importonce.send;

import dev.importonce.target.type.RuledNormaliser;
import dev.importonce.target.type.ValueRules;
import java.time.Instant;

/**
 * Parses the time at which a message is to be sent: a moment, or a local time in the mapping's zone, or in UTC if the
 * mapping has no zone.
 */
final class ScheduledTime implements RuledNormaliser {
    @Override
    public String normalise(String value, ValueRules rules) throws Refused {
        Instant instant = rules.dates().instant(value);
        if (!instant.isAfter(Instant.EPOCH) || !instant.isBefore(NewItems.LATEST))
            throw new Refused("time-out-of-range");
        return instant.toString();
    }

    @Override
    public boolean assumesUtc(String value, ValueRules rules) {
        return rules.dates().assumesUtc(value);
    }
}
