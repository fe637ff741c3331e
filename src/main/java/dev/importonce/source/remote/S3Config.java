package dev.importonce.source.remote;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.Optional;

/** One bucket of one S3-compatible store, in which each user's files are under {@code <user id>/}. */
@ConfigMapping(prefix = "importonce.s3")
interface S3Config {
    /** URL of the store; the bucket is in the path. Without it no store is used. */
    Optional<String> endpoint();

    /** The bucket; a file with another bucket is searched in Supabase Storage. */
    Optional<String> bucket();

    /** The region, which is a part of the signature. */
    @WithDefault("us-east-1")
    String region();

    /** The access key of an account that may read the bucket. */
    Optional<String> accessKey();

    /** The secret of the access key. */
    Optional<String> secretKey();
}
