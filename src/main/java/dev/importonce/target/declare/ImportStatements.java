package dev.importonce.target.declare;

/**
 * The statements that import into a target. They work for any job. Of a declaration only those of staging are here: the others
 * are generated for its table.
 *
 * @param stage binary COPY into the staging table: job, user, share, block, row numbers, ids, one text array per
 *     value that is staged, and one of attributes if the target has them
 * @param merge takes a share out of staging and upserts it; parameters and columns as {@code BulkUpsert.merge} says
 * @param compare counts what merging all of a job's staging rows would do; parameters as {@code BulkUpsert.compare} says
 * @param outlook shows what it would do with the first of them; parameters as of {@code compare}; returns: changes, overridden
 * @param discard deletes a job's staging rows except locked ones; parameters: job, user, job, user
 * @param staged selects the jobs that have staging rows, as job_id and user_id
 */
public record ImportStatements(
        String stage, String merge, String compare, String outlook, String discard, String staged) {}
