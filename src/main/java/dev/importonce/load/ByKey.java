package dev.importonce.load;

import dev.importonce.postgres.Sql;

/**
 * What the planner is told, for the rest of a transaction, so that statements find their rows by key whatever its statistics
 * say. Taken while the first rows of a table were not committed yet, they say that it has pages and no row; then every index
 * costs the same, and one that is read from end to end for each key is as good. Taken in a table of a few large tenants, they
 * say that any other one has a row at most: then all its rows are as good as the one that is looked for.
 */
enum ByKey {
    /**
     * Rows of a target are looked up one by one. The statements ask for the first of one key in the key's order: only its own
     * index has that without a sort. Sorts that nothing else can do are only called expensive, which must not start the
     * just-in-time compiler.
     */
    LOOK_UP("select set_config('enable_sort', 'off', true), set_config('jit', 'off', true)"),

    /** The same, and what was looked up is joined to what it was looked up for: by its hash, never row by row. */
    LOOK_UP_AND_JOIN("""
            select set_config('enable_sort', 'off', true), set_config('jit', 'off', true), set_config('enable_nestloop', 'off', true)
            """),

    /** The same, and what was looked up is written where it is: going there costs less than any index does. */
    LOOK_UP_AND_WRITE("""
            select set_config('enable_sort', 'off', true), set_config('jit', 'off', true), set_config('enable_nestloop', 'on', true),
                   set_config('random_page_cost', '0', true)
            """);

    private final String settings;

    ByKey(String settings) {
        this.settings = settings;
    }

    /** The statement that tells it. */
    String settings() {
        return settings;
    }

    void tell(Sql sql) {
        sql.one(settings, row -> row);
    }
}
