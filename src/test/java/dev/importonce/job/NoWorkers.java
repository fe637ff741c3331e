package dev.importonce.job;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.Map;

/** Nothing works by itself: the test decides who works when. */
public class NoWorkers implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
        return Map.of("importonce.workers", "0");
    }
}
