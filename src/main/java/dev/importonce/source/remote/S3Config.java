package dev.importonce.source.remote;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.Optional;

/** One bucket of one S3-compatible store, where each user's files lie under {@code <user id>/}. */
@ConfigMapping(prefix = "importonce.s3")
interface S3Config {
    /** Address of the store; buckets are in the path. Without it there is none. */
    Optional<String> endpoint();

    /** The bucket; a file that names another one is looked for in Supabase Storage. */
    Optional<String> bucket();

    /** Part of the signature. */
    @WithDefault("us-east-1")
    String region();

    /** Who may read the bucket. */
    Optional<String> accessKey();

    /** Its secret. */
    Optional<String> secretKey();
}
