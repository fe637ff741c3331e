package dev.importonce.contact;

import dev.importonce.postgres.DatabaseException;
import dev.importonce.postgres.Sql;
import dev.importonce.target.type.Email;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Set;

/**
 * The constraint on stored addresses. It refuses addresses that visibly do not come from {@link Email}. A database in which
 * an older version has run keeps that version's constraint, which refuses less, until the database has no address that this
 * constraint would refuse.
 */
@ApplicationScoped
class AddressCheck {
    private static final String TODAYS = "contacts_email_shape";
    private static final String OLDER = "contacts_email_normalised";

    /** The same condition as in the migrations, for the column email. */
    private static final String SHAPE = """
            octet_length(email) <= 254 and email ~ '^[^@A-Z"(),:;<>[\\]\\\\\\u0001-\\u0020\\u007f-\\u00a0\\u00ab\\u00ad\\u00b4\\u00bb\\u034f\
            \\u0600-\\u0605\\u061c\\u06dd\\u070f\\u0890\\u0891\\u08e2\\u115f\\u1160\\u1680\\u17b4\\u17b5\\u180b-\\u180f\\u2000-\\u200f\
            \\u2018-\\u201f\\u2028-\\u202f\\u2032\\u2033\\u2035\\u2036\\u2039\\u203a\\u205f-\\u206f\\u2e42\\u3000\\u300c-\\u300f\
            \\u301d-\\u301f\\u3164\\ufe00-\\ufe0f\\ufe41-\\ufe44\\ufeff\\uff02\\uff07\\uff62\\uff63\\uffa0\\ufff0-\\ufffb\
            \\U000110bd\\U000110cd\\U00013430-\\U0001343f\\U0001bca0-\\U0001bca3\\U0001d173-\\U0001d17a\\U000e0000-\\U000e0fff]\
            +@[a-z0-9-]+(\\.[a-z0-9-]+)+$'\
            """;

    private static final String IS_THERE = """
            select count(*) > 0 as there from pg_constraint where conrelid = 'contacts'::regclass and conname = ?
            """;

    private static final String STORED = "select count(*) from contacts where not (" + SHAPE + ")";

    /**
     * Rows that an older version has staged and not merged yet: that version's merge would fail again and again with the new
     * constraint.
     */
    private static final String STAGED = """
            select count(*)
            from (
                select unnest(s.v1) collate "C" as email
                from target_staging s
                join migration_jobs j on j.id = s.job_id and j.user_id = s.user_id
                where j.target = 'contacts') s
            where not (%s)
            """.formatted(SHAPE);

    private static final String WAIT_LITTLE = "select set_config('lock_timeout', '1s', true)";
    static final String ADD = "alter table contacts add constraint " + TODAYS + " check (" + SHAPE + ") not valid";
    private static final String VALIDATE = "alter table contacts validate constraint " + TODAYS;
    private static final String DROP = "alter table contacts drop constraint if exists " + TODAYS;
    private static final String DROP_OLDER = "alter table contacts drop constraint if exists " + OLDER;

    private static final String VIOLATED = "23514";

    /** Deadlock, lock not available; constraint exists already, or does not exist any more: another clean-up does the same. */
    private static final Set<String> DISTURBED = Set.of("40P01", "55P03", "42710", "42704");

    private static final int ATTEMPTS = 5;

    private final Sql sql;

    AddressCheck(Sql sql) {
        this.sql = sql;
    }

    /**
     * Replaces the constraint of an older version. Each lock on the table is held only for a moment; the rows are validated
     * while other work runs.
     *
     * @return a sentence that says what prevents the replacement; empty when there is no older constraint (any more)
     */
    String tighten() {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            if (!isThere(OLDER)) return "";
            try {
                return replace();
            } catch (DatabaseException e) {
                if (!DISTURBED.contains(e.state())) throw e;
            }
        }
        return "contacts is busy: the older check of addresses stays for now. Run it again.";
    }

    private String replace() {
        if (sql.one(STAGED, row -> row.bigint("count")) > 0)
            return "The older check of addresses stays for now: an import that an older version has read is not merged yet."
                    + " Run it again when no older version is running.";
        if (sql.one(STORED, row -> row.bigint("count")) == 0 && made()) {
            locked(DROP_OLDER);
            return "";
        }
        locked(DROP);
        return "The older check of addresses stays: today's would refuse contacts that are left alone, or have just come in."
                + " Correct or delete them and run it again.";
    }

    private boolean made() {
        if (!isThere(TODAYS)) locked(ADD);
        try {
            sql.update(VALIDATE);
            return true;
        } catch (DatabaseException e) {
            if (!VIOLATED.equals(e.state())) throw e;
            return false;
        }
    }

    private boolean isThere(String constraint) {
        return sql.one(IS_THERE, row -> row.bool("there"), constraint);
    }

    /** Limits the wait: a statement that waits for the table's lock makes all later statements wait, too. */
    private void locked(String statement) {
        QuarkusTransaction.requiringNew().run(() -> {
            sql.one(WAIT_LITTLE, row -> row);
            sql.update(statement);
        });
    }
}
