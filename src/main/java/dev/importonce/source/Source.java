package dev.importonce.source;

import dev.importonce.key.Sha256;
import java.util.UUID;

/**
 * A sealed file of a user.
 *
 * @param uploadId where its bytes are
 * @param plan how it is read unless a mapping says otherwise
 * @param created whether sealing made it; false: the user had sent the same bytes before
 */
public record Source(
        UUID id, UUID userId, UUID uploadId, Sha256 sha256, long bytes, String fileName, Plan plan, boolean created) {}
