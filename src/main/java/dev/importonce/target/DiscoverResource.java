package dev.importonce.target;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.databind.JsonNode;
import dev.importonce.identity.Role;
import dev.importonce.json.JsonProperties;
import dev.importonce.json.StrictJson;
import dev.importonce.problem.Answers;
import dev.importonce.problem.Fault;
import dev.importonce.problem.ProblemException;
import dev.importonce.problem.ProblemType;
import dev.importonce.target.declare.Discovery;
import dev.importonce.target.declare.Targets;
import dev.importonce.words.Language;
import dev.importonce.words.Sentence;
import dev.importonce.words.Translated;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Drafts declarations from what the catalogue says of tables. */
@Path("/api/targets/discover")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Targets")
@RolesAllowed(Role.OPERATOR)
class DiscoverResource {
    private final Targets targets;

    DiscoverResource(Targets targets) {
        this.targets = targets;
    }

    @POST
    @Blocking
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "discoverTarget",
            summary = "A draft of a declaration for a table, to read and to complete; for operators")
    @RequestBody(ref = "TableToDiscover")
    @Answers({
        ProblemType.MALFORMED_REQUEST,
        ProblemType.TOO_LARGE,
        ProblemType.UNSUPPORTED_MEDIA_TYPE,
        ProblemType.INVALID_DECLARATION
    })
    public Draft discover(InputStream body) throws IOException {
        JsonNode json = StrictJson.read(body, Targets.MAX_BYTES);
        if (!json.isObject())
            throw new ProblemException(ProblemType.MALFORMED_REQUEST, Sentence.of("body-must-have", "table"));
        JsonProperties properties = new JsonProperties(json).known(Set.of("table"));
        String table = properties.requiredText("table", "table-name-missing");
        refuse(properties.faults());
        Targets.Drafted drafted = targets.draft(table);
        refuse(drafted.faults());
        Discovery found = drafted.discovery();
        return Draft.of(found);
    }

    /**
     * A draft of a declaration.
     *
     * @param declaration what the catalogue says
     * @param keyCandidates lists of fields that a unique index is on, beside the owner's column
     * @param notes what the catalogue does not say, or what was left out
     * @param sentences the notes, before they are said in a language
     */
    @RegisterForReflection
    @Schema(name = "Discovery")
    record Draft(
            @Schema(ref = "Declaration") JsonNode declaration,
            List<List<String>> keyCandidates,
            List<String> notes,
            @JsonIgnore @Schema(hidden = true) List<Sentence> sentences)
            implements Translated {
        static Draft of(Discovery found) {
            List<String> english = found.notes().stream().map(Sentence::english).toList();
            return new Draft(found.declaration(), found.keyCandidates(), english, found.notes());
        }

        @Override
        public Draft in(Language language) {
            List<String> said = sentences.stream()
                    .map(note -> language.say(note.code(), note.parameters(), note.english()))
                    .toList();
            return new Draft(declaration, keyCandidates, said, sentences);
        }
    }

    private static void refuse(List<Fault> faults) {
        if (!faults.isEmpty())
            throw new ProblemException(
                    ProblemType.INVALID_DECLARATION, faults.get(0).sentence(), faults);
    }
}
