package dev.importonce.contact;

import dev.importonce.postgres.Reads;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;

/** Reads an organisation's contacts, in the order of their addresses. */
@ApplicationScoped
class Contacts implements PanacheRepositoryBase<StoredContact, UUID> {
    private static final String BEHIND = "orgId = ?1 and email > ?2 order by email";
    private static final String BETWEEN = "orgId = ?1 and email > ?2 and email >= ?3 and email < ?4 order by email";

    /** The words are the expression of the index contacts_words, so that it is used where there is one. */
    private static final String CONTAINING = """
            orgId = ?1 and email > ?2 and cast(sql('(coalesce(?, '''') || '' '' || coalesce(?, '''') || '' '' || coalesce(?, '''')\
             || '' '' || ? collate "default") ilike ?', firstName, lastName, company, email, ?3) as boolean) = true order by email""";

    private final Reads reads;

    Contacts(Reads reads) {
        this.reads = reads;
    }

    /** @param after the address after which the page begins; empty: begins with the first one */
    List<Contact> all(UUID orgId, String after, int limit) {
        return reads.of(() -> find(BEHIND, orgId, after)
                .range(0, limit - 1)
                .project(Contact.class)
                .list());
    }

    /** The contacts whose address begins with the prefix. */
    List<Contact> beginning(UUID orgId, String prefix, String after, int limit) {
        // Sorts after every address with this prefix, in the byte order of the column.
        String end = prefix + Character.toString(Character.MAX_CODE_POINT);
        return reads.of(() -> find(BETWEEN, orgId, after, prefix, end)
                .range(0, limit - 1)
                .project(Contact.class)
                .list());
    }

    /** The contacts that have the part in their names, their company or their address, in small or capital letters. */
    List<Contact> containing(UUID orgId, String part, String after, int limit) {
        String pattern = "%" + part.replaceAll("[\\\\%_]", "\\\\$0") + "%";
        return reads.of(() -> find(CONTAINING, orgId, after, pattern)
                .range(0, limit - 1)
                .project(Contact.class)
                .list());
    }

    List<Contact> withEmail(UUID orgId, String email) {
        return reads.of(() -> find("orgId = ?1 and email = ?2", orgId, email)
                .project(Contact.class)
                .list());
    }
}
