package dev.importonce.contact;

import com.fasterxml.jackson.annotation.JsonRawValue;
import dev.importonce.postgres.Row;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.UUID;

/**
 * A contact, to be read; imports write them in bulk.
 *
 * @param attributes a JSON object
 */
@RegisterForReflection
record Contact(
        UUID id,
        UUID orgId,
        String email,
        String firstName,
        String lastName,
        String phone,
        String company,
        @JsonRawValue String attributes,
        Instant createdAt,
        Instant updatedAt) {

    static Contact of(Row row) {
        return new Contact(
                row.uuid("id"),
                row.uuid("org_id"),
                row.text("email"),
                row.text("first_name"),
                row.text("last_name"),
                row.text("phone"),
                row.text("company"),
                row.text("attributes"),
                row.instant("created_at"),
                row.instant("updated_at"));
    }
}
