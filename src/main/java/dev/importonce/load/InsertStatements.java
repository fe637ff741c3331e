package dev.importonce.load;

/**
 * How rows get into a target that has none of their natural keys. Both statements work for any job:
 *
 * @param vacant whether an organisation has no row yet; parameter: organisation; returns: vacant
 * @param insert does what {@link Target#merge} does, with its parameters and columns, while none of the share's natural
 *     keys is there; fails by the unique key as soon as one is
 */
public record InsertStatements(String vacant, String insert) {}
