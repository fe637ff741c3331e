package dev.importonce.source.remote;

import io.smallrye.config.ConfigMapping;
import java.util.Optional;

/** Where files lie that are named and not sent. Nothing else is ever fetched. */
@ConfigMapping(prefix = "supabase")
interface StorageConfig {
    /** Address of the Supabase project, without a path. */
    Optional<String> url();
}
