package dev.importonce.source;

import dev.importonce.key.Sha256;
import dev.importonce.problem.ProblemException;
import dev.importonce.source.block.Plan;
import dev.importonce.source.block.StoredBlocks;
import dev.importonce.source.format.Format;
import java.util.UUID;

/**
 * Bytes that arrived whole and hashed, but are not yet sealed as a source.
 *
 * @param format the detected format
 * @param direct the plan for reading the bytes as they are stored; null when that is not possible
 * @param refusal why the bytes cannot be read as {@code format} says; null when they can be read, or that is not known yet
 */
public record Received(
        UUID userId,
        String fileName,
        Sha256 sha256,
        long bytes,
        StoredBlocks raw,
        Sample sample,
        Format format,
        Plan direct,
        ProblemException refusal) {}
