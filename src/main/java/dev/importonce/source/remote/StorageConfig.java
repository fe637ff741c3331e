package dev.importonce.source.remote;

import io.smallrye.config.ConfigMapping;
import java.util.Optional;

/** The store of files that callers name instead of sending them. The service never fetches anything else. */
@ConfigMapping(prefix = "supabase")
interface StorageConfig {
    /** Address of the Supabase project, without a path. */
    Optional<String> url();
}
