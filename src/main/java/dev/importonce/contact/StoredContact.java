package dev.importonce.contact;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.annotations.Immutable;

/** The table of contacts, read as {@link Contact}; imports write it in bulk. */
@Entity
@Immutable
@Table(name = "contacts")
class StoredContact {
    @Id
    UUID id;

    UUID orgId;
    String email;
    String firstName;
    String lastName;
    String phone;
    String company;
    String attributes;
    Instant createdAt;
    Instant updatedAt;
}
