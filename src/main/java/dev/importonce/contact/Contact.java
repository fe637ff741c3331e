package dev.importonce.contact;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.hibernate.annotations.Immutable;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;

/** A contact, to be read; imports write them in bulk. */
@Entity
@Immutable
@Table(name = "contacts")
class Contact extends PanacheEntityBase {
    @Id
    UUID id;

    @Column(name = "org_id")
    UUID orgId;

    String email;

    @Column(name = "first_name")
    String firstName;

    @Column(name = "last_name")
    String lastName;

    String phone;
    String company;

    @JdbcTypeCode(SqlTypes.JSON)
    String attributes;

    @Column(name = "created_at")
    Instant createdAt;

    @Column(name = "updated_at")
    Instant updatedAt;

    /** An organisation's contacts in the order of their addresses, from behind one on. */
    static List<Contact> byEmail(UUID orgId, String after, int limit) {
        return after == null
                ? find("orgId = ?1 order by email", orgId).page(0, limit).list()
                : find("orgId = ?1 and email > ?2 order by email", orgId, after)
                        .page(0, limit)
                        .list();
    }

    /** Those of them whose address begins like that. */
    static List<Contact> beginning(UUID orgId, String prefix, String after, int limit) {
        // Behind everything that begins so, in the byte order of the column.
        String end = prefix + Character.toString(Character.MAX_CODE_POINT);
        return after == null
                ? find("orgId = ?1 and email >= ?2 and email < ?3 order by email", orgId, prefix, end)
                        .page(0, limit)
                        .list()
                : find("orgId = ?1 and email > ?2 and email < ?3 order by email", orgId, after, end)
                        .page(0, limit)
                        .list();
    }

    static List<Contact> withEmail(UUID orgId, String email) {
        return list("orgId = ?1 and email = ?2", orgId, email);
    }
}
