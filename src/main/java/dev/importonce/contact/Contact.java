package dev.importonce.contact;

import com.fasterxml.jackson.annotation.JsonRawValue;
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
        Instant updatedAt) {}
