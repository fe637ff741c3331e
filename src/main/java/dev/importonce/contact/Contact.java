package dev.importonce.contact;

import com.fasterxml.jackson.annotation.JsonRawValue;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A contact as callers read it; imports write contacts in bulk.
 *
 * @param attributes a JSON object
 */
@RegisterForReflection
record Contact(
        UUID id,
        @Schema(nullable = true) UUID orgId,
        String email,
        @Schema(nullable = true) String firstName,
        @Schema(nullable = true) String lastName,
        @Schema(nullable = true) String phone,
        @Schema(nullable = true) String company,

        @JsonRawValue @Schema(type = SchemaType.OBJECT, additionalProperties = Object.class)
        String attributes,

        Instant createdAt,
        Instant updatedAt) {}
