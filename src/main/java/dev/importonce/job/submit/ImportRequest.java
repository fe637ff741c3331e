package dev.importonce.job.submit;

import dev.importonce.job.mapping.Mapping;
import dev.importonce.source.ImportFile;

/**
 * What a request asks to import: a file that came with it, or one sent before.
 *
 * @param mapping null only in a preview that sends none, without a target only in one that says how to read and no more
 * @param file to be closed
 */
public record ImportRequest(Mapping mapping, ImportFile file) {}
