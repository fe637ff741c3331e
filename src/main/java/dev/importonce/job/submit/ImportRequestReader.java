package dev.importonce.job.submit;

import com.fasterxml.jackson.databind.JsonNode;
import dev.importonce.http.BodyType;
import dev.importonce.identity.Caller;
import dev.importonce.job.mapping.Mapping;
import dev.importonce.job.mapping.MappingReader;
import dev.importonce.json.StrictJson;
import dev.importonce.problem.Fault;
import dev.importonce.problem.ProblemException;
import dev.importonce.problem.ProblemType;
import dev.importonce.source.ImportFiles;
import dev.importonce.source.SourceStore;
import dev.importonce.source.format.FormatHint;
import dev.importonce.source.remote.StoredFile;
import dev.importonce.words.Sentence;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;

/** Reads the body of a request to import in any of its forms; the file part streams into the store as it arrives. */
@ApplicationScoped
public class ImportRequestReader {
    private static final int MAX_JSON_BYTES = MappingReader.MAX_BYTES + 4096;
    private static final Set<String> PROPERTIES = Set.of("sourceId", "storage", "mapping");

    private final ImportFiles files;
    private final MappingReader mappings;

    ImportRequestReader(ImportFiles files, MappingReader mappings) {
        this.files = files;
        this.mappings = mappings;
    }

    /** Reads the body to its end. */
    ImportRequest read(Caller caller, InputStream body, ImportParameters sent) throws IOException {
        return read(caller, body, sent, true);
    }

    /** As {@link #read}, but the request may have no mapping, or one that only says how the file is read. */
    public ImportRequest preview(Caller caller, InputStream body, ImportParameters sent) throws IOException {
        return read(caller, body, sent, false);
    }

    private ImportRequest read(Caller caller, InputStream body, ImportParameters sent, boolean mapped)
            throws IOException {
        String mapping = sent.mapping();
        BodyType type = BodyType.of(sent.contentType());
        if (type.isMultipart())
            return new MultipartImport(caller, files, mappings, mapped).read(type, sent.announcedBytes(), body);
        if (mapping == null && type.isJson()) return json(caller, body, mapped);
        if (!type.isFile())
            throw new ProblemException(ProblemType.UNSUPPORTED_MEDIA_TYPE, Sentence.of("send-import-as"));
        if (mapping == null && mapped)
            throw new ProblemException(ProblemType.MALFORMED_REQUEST, Sentence.of("mapping-in-url"));
        files.checkLength(sent.announcedBytes());
        Mapping read = mapping == null ? null : mappings.read(caller, mapping.getBytes(StandardCharsets.UTF_8), mapped);
        FormatHint hint = read == null ? FormatHint.NONE : read.hint();
        return new ImportRequest(read, files.receive(caller.user(), body, sent.fileName(), hint));
    }

    private ImportRequest json(Caller caller, InputStream body, boolean mapped) throws IOException {
        JsonNode json = StrictJson.read(body, MAX_JSON_BYTES);
        if (!json.isObject() || mapped && !json.has("mapping") || json.has("sourceId") == json.has("storage"))
            throw new ProblemException(ProblemType.MALFORMED_REQUEST, Sentence.of("body-must-have-mapping"));
        for (String name : (Iterable<String>) json::fieldNames)
            if (!PROPERTIES.contains(name))
                throw new ProblemException(
                        ProblemType.INVALID_PARAMETER,
                        Sentence.of("unknown-request-property", name),
                        List.of(Fault.of(name, Sentence.of("no-such-property"))));
        Mapping mapping = json.has("mapping") ? mappings.read(caller, json.get("mapping"), mapped) : null;
        if (!json.has("storage"))
            return new ImportRequest(
                    mapping,
                    files.sent(
                            caller.user(), SourceStore.uuid(json.get("sourceId").asText())));
        FormatHint hint = mapping == null ? FormatHint.NONE : mapping.hint();
        return new ImportRequest(mapping, files.fetch(caller, StoredFile.of(json.get("storage")), hint));
    }
}
