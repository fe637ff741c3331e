package dev.importonce.platform;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.microprofile.config.spi.ConfigSource;

/** The settings that {@link Settings} has decided before Quarkus starts. They take precedence over all other sources. */
public class DecidedSettings implements ConfigSource {
    /** Above that of system properties, which is 400. */
    private static final int ORDINAL = 500;

    private static final Map<String, String> DECIDED = new ConcurrentHashMap<>();

    static void set(String name, String value) {
        DECIDED.put(name, value);
    }

    @Override
    public Set<String> getPropertyNames() {
        return Set.copyOf(DECIDED.keySet());
    }

    @Override
    public String getValue(String name) {
        return DECIDED.get(name);
    }

    @Override
    public String getName() {
        return "ImportOnce";
    }

    @Override
    public int getOrdinal() {
        return ORDINAL;
    }
}
