package dev.importonce.platform;

import dev.importonce.fixture.ProviderStub;
import dev.importonce.fixture.WebhookStub;
import dev.importonce.fixture.WithTokens;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** On a database that keeps what is sent to it, nothing works by itself: the test calls the cron endpoints. */
public class ByTheTest extends WithTokens {
    @Override
    public Map<String, String> getConfigOverrides() {
        Map<String, String> settings = new HashMap<>(super.getConfigOverrides());
        settings.put("importonce.workers", "0");
        return settings;
    }

    @Override
    public List<TestResourceEntry> testResources() {
        return List.of(
                new TestResourceEntry(SentStatements.class, database()),
                new TestResourceEntry(ProviderStub.class),
                new TestResourceEntry(WebhookStub.class));
    }

    /** Settings of {@link SentStatements}. */
    Map<String, String> database() {
        return Map.of();
    }

    /** Among them is another database. */
    @Override
    public boolean disableGlobalTestResources() {
        return true;
    }
}
