package dev.importonce.source;

/**
 * A plan for bytes that are here, which may need a rendition of them.
 *
 * @param asked the format it was made for; a sheet that nobody named is null here and resolved in the plan
 * @param rendition blocks that are not part of the source yet; null when the plan reads the bytes where they lie, or a
 *     rendition that the source has
 */
public record Planned(Format asked, Plan plan, Deposited rendition) {}
