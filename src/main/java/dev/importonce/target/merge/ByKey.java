package dev.importonce.target.merge;

import dev.importonce.postgres.Sql;

/**
 * Planner settings for the rest of a transaction, with which statements find their rows by key, whatever the statistics say.
 * If the statistics were taken before the first rows of a table were committed, they say that the table has pages but no
 * row: then every index seems to cost the same, even one that has to be read completely for each key. If the statistics were
 * taken while a table had a few large tenants, they say that every other tenant has one row at most: then reading all rows
 * of a tenant seems to cost no more than reading one row.
 */
enum ByKey {
    /**
     * Rows of a target are looked up one by one. The statements select the first row of one key in the order of the key:
     * only the key's index gives this order without a sort. Necessary sorts are still done, but at a high estimated cost,
     * which must not start the just-in-time compiler.
     */
    LOOK_UP("set local enable_sort = off; set local jit = off"),

    /** The same, and the rows that were found are written by their ctid, which costs less than any index. */
    LOOK_UP_AND_WRITE("set local enable_sort = off; set local jit = off; set local random_page_cost = 0");

    private final String settings;

    ByKey(String settings) {
        this.settings = settings;
    }

    /** The statements that make these settings: set, not set_config, of which a distributed database tells its nodes nothing. */
    String settings() {
        return settings;
    }

    void tell(Sql sql) {
        sql.execute(settings);
    }
}
