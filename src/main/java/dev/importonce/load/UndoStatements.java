package dev.importonce.load;

/**
 * How a job's rows are taken out of a target again. Each statement is whole and works for any job:
 *
 * @param capture does what {@link Target#merge} does, with its parameters and columns, but leaves the fields of rows that
 *     exist to {@code apply}: it locks these rows, in the order of the merge, and writes what it found and what is to be
 *     there as the share's before-images
 * @param apply writes the fields that {@code capture} left; parameters: job, user, share, organisation
 * @param lock locks the rows of a share's before-images in the order of the merge; parameters: job, user, share,
 *     organisation
 * @param undo takes a share's before-images out and undoes what they say, where it is still as the job wrote it;
 *     parameters: job, user, share, organisation; returns: undone, kept, kept_first (the first 100 of the kept rows by
 *     natural key, as a JSON array of objects with id, reason and fields)
 * @param forget deletes a job's before-images; parameters: job, user
 */
public record UndoStatements(String capture, String apply, String lock, String undo, String forget) {}
