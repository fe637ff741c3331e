package dev.importonce.platform;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import org.junit.jupiter.api.Test;

class DecidedSettingsTest {
    private static final String NAME = "importonce.test.decided";

    @Test
    void what_is_decided_outranks_what_is_given() {
        System.setProperty(NAME, "given");
        try {
            DecidedSettings.set(NAME, "decided");

            SmallRyeConfig config = new SmallRyeConfigBuilder()
                    .addSystemSources()
                    .addDiscoveredSources()
                    .build();

            assertEquals("decided", config.getValue(NAME, String.class));
            assertEquals(
                    "decided",
                    config.getConfigSource("ImportOnce").orElseThrow().getValue(NAME));
        } finally {
            System.clearProperty(NAME);
        }
    }
}
