package dev.importonce.job;

import com.fasterxml.jackson.databind.JsonNode;
import dev.importonce.identity.Caller;
import dev.importonce.problem.Fault;
import dev.importonce.problem.ProblemException;
import dev.importonce.problem.ProblemType;
import dev.importonce.problem.StrictJson;
import dev.importonce.source.BodyType;
import dev.importonce.source.FileName;
import dev.importonce.source.Intake;
import dev.importonce.source.StoredFile;
import dev.importonce.source.StoredFiles;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** Reads the body of a request to import in any of its forms; the file part streams into the store as it arrives. */
@ApplicationScoped
class ImportRequestReader {
    private static final int MAX_JSON_BYTES = MappingReader.MAX_BYTES + 4096;
    private static final Set<String> PROPERTIES = Set.of("sourceId", "storage", "mapping");

    private final Intake intake;
    private final StoredFiles stored;
    private final MappingReader mappings;

    ImportRequestReader(Intake intake, StoredFiles stored, MappingReader mappings) {
        this.intake = intake;
        this.stored = stored;
        this.mappings = mappings;
    }

    /**
     * Reads the body to its end.
     *
     * @param contentType header, or null
     * @param contentLength announced bytes, or -1
     * @param mapping query parameter: the body then is the file itself
     */
    ImportRequest read(
            Caller caller, String contentType, long contentLength, InputStream body, String mapping, String fileName)
            throws IOException {
        BodyType type = BodyType.of(contentType);
        if (type.isMultipart()) return new MultipartImport(caller, intake, mappings).read(type, contentLength, body);
        if (mapping == null && type.isJson()) return json(caller, body);
        if (!type.isFile())
            throw new ProblemException(
                    ProblemType.UNSUPPORTED_MEDIA_TYPE,
                    "Send multipart/form-data with the parts file and mapping, JSON with mapping and sourceId or storage, or the file's bytes"
                            + " (text/csv, application/octet-stream) with ?mapping=.");
        if (mapping == null)
            throw new ProblemException(
                    ProblemType.MALFORMED_REQUEST, "Give the mapping as URL-encoded JSON in ?mapping=.");
        intake.checkLength(contentLength);
        Mapping read = mappings.read(caller, mapping.getBytes(StandardCharsets.UTF_8));
        return new ImportRequest(read, intake.receive(caller.user(), body, FileName.of(fileName)), null);
    }

    private ImportRequest json(Caller caller, InputStream body) throws IOException {
        JsonNode json = StrictJson.read(body, MAX_JSON_BYTES);
        if (!json.isObject() || !json.has("mapping") || json.has("sourceId") == json.has("storage"))
            throw new ProblemException(
                    ProblemType.MALFORMED_REQUEST,
                    "The body must be an object with mapping and either sourceId or storage.");
        for (String name : (Iterable<String>) json::fieldNames)
            if (!PROPERTIES.contains(name))
                throw new ProblemException(
                        ProblemType.INVALID_PARAMETER,
                        "There is no property " + name + " here; known are mapping, sourceId and storage.",
                        List.of(Fault.of(name, "There is no such property.")));
        Mapping mapping = mappings.read(caller, json.get("mapping"));
        return json.has("storage")
                ? new ImportRequest(mapping, stored.receive(caller, StoredFile.of(json.get("storage"))), null)
                : new ImportRequest(mapping, null, sourceId(json.get("sourceId")));
    }

    private static UUID sourceId(JsonNode node) {
        try {
            return UUID.fromString(node.asText());
        } catch (IllegalArgumentException e) {
            throw new ProblemException(ProblemType.NOT_FOUND, "You have no source with that id. Send the file first.");
        }
    }
}
