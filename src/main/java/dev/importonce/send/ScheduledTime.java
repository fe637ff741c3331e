package dev.importonce.send;

import dev.importonce.load.Normaliser;
import dev.importonce.load.ValueRules;
import java.time.Instant;

/** When a message is to be sent, as a file has it: a moment, or a local time in the zone that the mapping names, else in UTC. */
final class ScheduledTime implements Normaliser {
    @Override
    public String normalise(String value) throws Refused {
        return normalise(value, ValueRules.NONE);
    }

    @Override
    public String normalise(String value, ValueRules rules) throws Refused {
        Instant instant = rules.dates().instant(value);
        if (!instant.isAfter(Instant.EPOCH) || !instant.isBefore(NewItems.LATEST))
            throw new Refused("is not a time from 1970 to 2999");
        return instant.toString();
    }

    @Override
    public boolean assumesUtc(String value, ValueRules rules) {
        return rules.dates().assumesUtc(value);
    }
}
