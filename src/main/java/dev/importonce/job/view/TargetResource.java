package dev.importonce.job.view;

import dev.importonce.identity.Role;
import dev.importonce.target.declare.Field;
import dev.importonce.target.declare.Target;
import io.quarkus.arc.All;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Lists the targets of imports, for clients that offer a choice. */
@Path("/api/targets")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Targets")
@RolesAllowed({Role.USER, Role.SERVICE})
class TargetResource {
    private final Targets targets;

    TargetResource(@All List<Target> targets) {
        this.targets = new Targets(targets.stream()
                .sorted(Comparator.comparing(Target::name))
                .map(TargetResource::view)
                .toList());
    }

    @GET
    @Operation(
            operationId = "listTargets",
            summary = "What can be imported into, by name, and the fields that a mapping may name")
    public Targets list() {
        return targets;
    }

    private static View view(Target target) {
        List<FieldView> fields = IntStream.range(0, target.fields().size())
                .mapToObj(i -> FieldView.of(target.fields().get(i), target.requires(i)))
                .toList();
        return new View(target.name(), fields, target.attributes(), target.undoable());
    }

    /** All targets; there are only few. */
    @RegisterForReflection
    @Schema(name = "TargetList")
    record Targets(List<View> items) {}

    /**
     * One target.
     *
     * @param name the name in mappings
     * @param fields its fields; those of the natural key come first
     * @param attributes whether a mapping may say {@code "unmapped": "attributes"}
     * @param undoable whether it may say {@code "undoable": true}
     */
    @RegisterForReflection
    @Schema(name = "Target")
    record View(String name, List<FieldView> fields, boolean attributes, boolean undoable) {}

    /**
     * One of its fields.
     *
     * @param required whether every mapping and row must have it
     * @param maxLength longest value, in characters (UTF-16)
     */
    @RegisterForReflection
    @Schema(name = "TargetField")
    record FieldView(String name, boolean required, int maxLength) {
        public static FieldView of(Field field, boolean required) {
            return new FieldView(field.name(), required, field.maxLength());
        }
    }
}
