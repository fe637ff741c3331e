package dev.importonce.job.submit;

import dev.importonce.job.mapping.Mapping;
import dev.importonce.source.ImportFile;

/**
 * A parsed request to import: the file came with the request, or was sent before.
 *
 * @param mapping null only in a preview without a mapping; without a target only in a preview whose mapping says just how to
 *     read the file
 * @param file to be closed
 */
public record ImportRequest(Mapping mapping, ImportFile file) {}
