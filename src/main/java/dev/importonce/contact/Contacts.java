package dev.importonce.contact;

import dev.importonce.postgres.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;

/** Reads an organisation's contacts, in the order of their addresses. */
@ApplicationScoped
class Contacts {
    private static final String BETWEEN = """
            select *
            from contacts
            where org_id = ? and email > ? and email >= ? and (?::text is null or email < ?)
            order by email
            limit ?
            """;

    private static final String WITH_EMAIL = "select * from contacts where org_id = ? and email = ?";

    private final Sql sql;

    Contacts(Sql sql) {
        this.sql = sql;
    }

    /** @param after the address behind which to begin; empty: at the first one */
    List<Contact> all(UUID orgId, String after, int limit) {
        return sql.list(BETWEEN, Contact::of, orgId, after, "", null, null, limit);
    }

    /** Those whose address begins like that. */
    List<Contact> beginning(UUID orgId, String prefix, String after, int limit) {
        // Behind everything that begins so, in the byte order of the column.
        String end = prefix + Character.toString(Character.MAX_CODE_POINT);
        return sql.list(BETWEEN, Contact::of, orgId, after, prefix, end, end, limit);
    }

    List<Contact> withEmail(UUID orgId, String email) {
        return sql.list(WITH_EMAIL, Contact::of, orgId, email);
    }
}
