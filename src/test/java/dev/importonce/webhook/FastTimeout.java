package dev.importonce.webhook;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.Map;

/** The test decides who works when, and a receiver that says nothing is given up soon. */
public class FastTimeout implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
        return Map.of("importonce.workers", "0", "importonce.webhook.timeout", "PT1S");
    }
}
