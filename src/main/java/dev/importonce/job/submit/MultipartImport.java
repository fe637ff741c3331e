package dev.importonce.job.submit;

import dev.importonce.http.BodyType;
import dev.importonce.http.HeaderParameters;
import dev.importonce.identity.Caller;
import dev.importonce.job.mapping.Mapping;
import dev.importonce.job.mapping.MappingReader;
import dev.importonce.problem.Fault;
import dev.importonce.problem.ProblemException;
import dev.importonce.problem.ProblemType;
import dev.importonce.source.ImportFile;
import dev.importonce.source.ImportFiles;
import dev.importonce.source.format.FormatHint;
import dev.importonce.words.Sentence;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.commons.fileupload2.core.FileUploadException;
import org.apache.commons.fileupload2.core.MultipartInput;

/** Reads one multipart/form-data body (RFC 7578), part by part, in any order. */
final class MultipartImport {
    private static final int MAX_PART_HEADER_BYTES = 8 * 1024;
    private static final long OVERHEAD_BYTES = 256 * 1024;

    private final Caller caller;
    private final ImportFiles files;
    private final MappingReader mappings;
    private final boolean mapped;
    private ImportFile file;
    private Mapping mapping;

    /** @param mapped whether the body must have a mapping that maps columns to fields */
    MultipartImport(Caller caller, ImportFiles files, MappingReader mappings, boolean mapped) {
        this.mapped = mapped;
        this.caller = caller;
        this.files = files;
        this.mappings = mappings;
    }

    ImportRequest read(BodyType type, long contentLength, InputStream body) throws IOException {
        files.checkLength(contentLength - OVERHEAD_BYTES);
        boolean whole = false;
        try {
            readParts(type, body);
            if (file == null || mapped && mapping == null) throw missing(file == null ? "file" : "mapping");
            whole = true;
            return new ImportRequest(mapping, file);
        } catch (MultipartInput.MalformedStreamException e) {
            throw malformed(Sentence.of("multipart-broken"));
        } catch (FileUploadException e) {
            throw malformed(Sentence.of("multipart-not-read"));
        } finally {
            if (!whole && file != null) file.close();
        }
    }

    private void readParts(BodyType type, InputStream body) throws IOException {
        byte[] boundary = type.boundary().orElseThrow(() -> malformed(Sentence.of("no-boundary")));
        MultipartInput input = MultipartInput.builder()
                .setInputStream(body)
                .setBoundary(boundary)
                .setMaxPartHeaderSize(MAX_PART_HEADER_BYTES)
                .get();
        input.setHeaderCharset(StandardCharsets.UTF_8);
        boolean more = input.skipPreamble();
        while (more) {
            readPart(input);
            more = input.readBoundary();
        }
    }

    private void readPart(MultipartInput input) throws IOException {
        Map<String, String> disposition = disposition(input.readHeaders());
        String name = Objects.requireNonNullElse(disposition.get("name"), "");
        // Never closed: closing would read the part to its end, which may take long or never happen, before a refusal
        // can be answered.
        InputStream content = input.newInputStream();
        switch (name) {
            case "file" -> {
                if (file != null) throw malformed(Sentence.of("part-twice", name));
                FormatHint hint = mapping == null ? null : mapping.hint();
                file = files.receive(caller.user(), content, disposition.get("filename"), hint);
            }
            case "mapping" -> {
                if (mapping != null) throw malformed(Sentence.of("part-twice", name));
                mapping = mappings.read(caller, content.readNBytes(MappingReader.MAX_BYTES + 1), mapped);
            }
            default -> throw malformed(Sentence.of("unknown-part", name));
        }
    }

    private static Map<String, String> disposition(String headers) {
        return headers.lines()
                .filter(line -> line.regionMatches(true, 0, "content-disposition:", 0, 20))
                .findFirst()
                .map(line -> HeaderParameters.parse(line.substring(20)))
                .orElse(Map.of());
    }

    private static ProblemException missing(String part) {
        return new ProblemException(
                ProblemType.MALFORMED_REQUEST,
                Sentence.of("part-missing", part),
                List.of(Fault.of(part, Sentence.of("this-part-missing"))));
    }

    private static ProblemException malformed(Sentence detail) {
        return new ProblemException(ProblemType.MALFORMED_REQUEST, detail);
    }
}
