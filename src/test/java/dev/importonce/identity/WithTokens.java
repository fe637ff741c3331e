package dev.importonce.identity;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.Map;

/** The service in authenticated mode. */
public class WithTokens implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
        return Map.of("supabase.jwt-secret", Jwt.SECRET);
    }
}
