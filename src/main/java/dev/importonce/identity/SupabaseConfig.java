package dev.importonce.identity;

import io.smallrye.config.ConfigMapping;
import java.util.Optional;

/** How callers prove who they are. Without a secret and a key set, every caller is the local user. */
@ConfigMapping(prefix = "supabase")
public interface SupabaseConfig {
    /** Shared secret of HS256 tokens. */
    Optional<String> jwtSecret();

    /** URL of the key set (RFC 7517) of RS256 and ES256 tokens. */
    Optional<String> jwksUrl();
}
