package dev.importonce.load;

/**
 * How rows get into a target that has none of their natural keys. Both statements work for any job:
 *
 * @param vacant whether an organisation has no row yet; parameter: organisation; returns: vacant
 * @param insert does what {@link Target#merge} does while none of the share's natural keys is there, and fails by the unique
 *     key as soon as one is; parameters: job, user, share, organisation; returns what a merge does
 */
public record InsertStatements(String vacant, String insert) {}
