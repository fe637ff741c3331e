package dev.importonce.target.declare;

/**
 * Statements that undo a job's changes in a target. Each statement works for any job:
 *
 * @param capture does the same as {@link Target#merge}, with its parameters and columns, except that {@code apply} writes
 *     the fields of existing rows: this statement locks these rows, in the order of the merge, and stores their present and
 *     new values as the share's before-images
 * @param apply writes the fields that {@code capture} did not write; parameters: job, user, share, organisation
 * @param lock locks the rows of a share's before-images in the order of the merge; parameters: job, user, share,
 *     organisation
 * @param undo deletes a share's before-images and restores their values, where the stored values are still as the job wrote
 *     them; parameters: job, user, share, organisation; returns: undone, kept, kept_first (the first 100 of the kept rows by
 *     natural key, as a JSON array of objects with id, reason and fields)
 * @param forget deletes a job's before-images; parameters: job, user
 */
public record UndoStatements(String capture, String apply, String lock, String undo, String forget) {}
