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
 * @param uploadId where its bytes are
 * @param format what they were detected to be
 * @param plan how it is read: by default, or as it was asked for
 * @param notices what was done to it in reading it so that its owner may not expect
 * @param created whether sealing made it; false: the user had sent the same bytes before
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
