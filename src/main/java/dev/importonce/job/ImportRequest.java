package dev.importonce.job;

import dev.importonce.source.Received;
import java.util.UUID;

/**
 * What a request asks to import: a file that came with it, or one sent before.
 *
 * @param mapping null only in a preview that sends none, without a target only in one that says how to read and no more
 * @param received the file, or null
 * @param sourceId the source, or null
 */
record ImportRequest(Mapping mapping, Received received, UUID sourceId) {}
