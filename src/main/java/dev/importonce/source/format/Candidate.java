package dev.importonce.source.format;

import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * A character set that a file may be in.
 *
 * @param encoding canonical name, as {@code format.encoding} takes it
 * @param sample cells that the candidates read differently, as this one reads them; at most 100 characters
 */
@RegisterForReflection
public record Candidate(String encoding, String sample) {}
