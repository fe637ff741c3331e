package dev.importonce.platform;

import dev.importonce.identity.Role;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.models.security.SecurityRequirement;
import org.jboss.jandex.AnnotationInstance;
import org.jboss.jandex.AnnotationTarget;
import org.jboss.jandex.AnnotationValue;
import org.jboss.jandex.IndexView;
import org.jboss.jandex.MethodInfo;

/** Who may call what, for the description of the API: as the {@link RolesAllowed} or {@link PermitAll} of an endpoint says. */
class OpenApiRoles {
    /** By operation id. */
    private final Map<String, MethodInfo> endpoints = new HashMap<>();

    OpenApiRoles(IndexView index) {
        for (AnnotationInstance operation : index.getAnnotations(Operation.class)) {
            AnnotationValue id = operation.value("operationId");
            // What is not described has none.
            if (id != null) endpoints.put(id.asString(), operation.target().asMethod());
        }
    }

    /**
     * One requirement for each role, since one of the roles is enough (in OpenAPI 3.1 a requirement lists roles that are needed together).
     * Empty where nobody has to sign in.
     */
    List<SecurityRequirement> of(String operationId) {
        MethodInfo endpoint = endpoints.get(operationId);
        for (AnnotationTarget place : List.of(endpoint, endpoint.declaringClass())) {
            if (place.hasDeclaredAnnotation(PermitAll.class)) return List.of();
            AnnotationInstance allowed = place.declaredAnnotation(RolesAllowed.class);
            if (allowed != null)
                return Arrays.stream(allowed.value().asStringArray())
                        .map(OpenApiRoles::requirement)
                        .toList();
        }
        throw new IllegalStateException(operationId + " does not say who may call it");
    }

    private static SecurityRequirement requirement(String role) {
        String scheme = role.equals(Role.CRON) ? "cronSecret" : "bearerAuth";
        return OASFactory.createSecurityRequirement().addScheme(scheme, role);
    }
}
