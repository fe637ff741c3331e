package dev.importonce.integrity;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.Map;

/** A database that no other tests look at, because it gets damaged; and nothing that works by itself. */
public class OwnDatabase implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
        return Map.of("importonce.workers", "0");
    }
}
