package dev.importonce.source;

import dev.importonce.key.Sha256;
import dev.importonce.source.block.Plan;
import dev.importonce.source.format.Format;
import dev.importonce.source.format.Notice;
import java.util.List;
import java.util.UUID;

/**
 * A sealed file of a user.
 *
 * @param uploadId the upload that has its bytes
 * @param format the detected format
 * @param plan how the source is read: by default, or as the caller requested
 * @param notices facts about this way of reading that the owner may not expect
 * @param created whether sealing has created the source; false: the user had sent the same bytes before
 */
public record Source(
        UUID id,
        UUID userId,
        UUID uploadId,
        Sha256 sha256,
        long bytes,
        String fileName,
        Format format,
        Plan plan,
        List<Notice> notices,
        boolean created) {
    Source read(Plan as, List<Notice> told) {
        return new Source(id, userId, uploadId, sha256, bytes, fileName, format, as, told, created);
    }
}
