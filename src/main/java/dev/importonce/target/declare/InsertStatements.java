package dev.importonce.target.declare;

/**
 * Statements that insert rows into a target that has none of their natural keys. Both statements work for any job:
 *
 * @param vacant whether an organisation has no row yet; parameter: organisation; returns: vacant
 * @param insert does the same as {@link Target#merge} if none of the share's natural keys exists, and otherwise fails by the
 *     unique key; parameters: job, user, share, organisation; returns the columns of a merge
 */
public record InsertStatements(String vacant, String insert) {}
