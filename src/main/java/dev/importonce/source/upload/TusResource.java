package dev.importonce.source.upload;

import dev.importonce.http.BodyType;
import dev.importonce.identity.CurrentCaller;
import dev.importonce.identity.Role;
import dev.importonce.problem.Answers;
import dev.importonce.problem.ProblemException;
import dev.importonce.problem.ProblemType;
import dev.importonce.source.Intake;
import dev.importonce.source.SourceConfig;
import dev.importonce.source.SourceResource;
import dev.importonce.source.SourceStore;
import dev.importonce.source.upload.Uploads.Upload;
import dev.importonce.words.Sentence;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HEAD;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.OPTIONS;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Uploads of files in pieces, resumable after a lost connection: tus 1.0 with creation, expiration and termination. */
@Path(TusHeaders.PATH)
@Consumes(MediaType.WILDCARD)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Files")
@RolesAllowed({Role.USER, Role.SERVICE})
class TusResource {
    private static final String PIECE = "application/offset+octet-stream";
    private static final String SOURCE = "Upload-Source-Id";
    private static final int MOST_METADATA = 4096;
    private static final int NO_CONTENT = 204;
    private static final DateTimeFormatter HTTP_DATE = DateTimeFormatter.RFC_1123_DATE_TIME.withZone(ZoneOffset.UTC);

    private final CurrentCaller caller;
    private final Uploads uploads;
    private final SourceStore sources;
    private final Intake intake;
    private final SourceConfig config;

    TusResource(CurrentCaller caller, Uploads uploads, SourceStore sources, Intake intake, SourceConfig config) {
        this.caller = caller;
        this.uploads = uploads;
        this.sources = sources;
        this.intake = intake;
        this.config = config;
    }

    @OPTIONS
    @Operation(operationId = "getUploadOptions", summary = "What of tus is spoken here")
    @APIResponse(responseCode = "204", ref = "TusOptions")
    public Response options() {
        return Response.noContent()
                .header("Tus-Version", TusHeaders.VERSION)
                .header("Tus-Extension", "creation,expiration,termination")
                .header("Tus-Max-Size", config.maxFileBytes().asLongValue())
                .build();
    }

    @POST
    @Operation(
            operationId = "createUpload",
            summary = "Announce a file of Upload-Length bytes: 201, its pieces go to Location (tus 1.0)")
    @APIResponse(responseCode = "201", ref = "UploadCreated")
    @Answers({ProblemType.MALFORMED_REQUEST, ProblemType.TUS_VERSION, ProblemType.TOO_LARGE, ProblemType.EMPTY_FILE})
    public Response create(
            @HeaderParam("Tus-Resumable") String version,
            @HeaderParam("Upload-Length") String length,
            @HeaderParam("Upload-Metadata") String metadata) {
        checkVersion(version);
        long bytes = number("Upload-Length", length);
        intake.checkLength(bytes);
        if (bytes == 0) throw new ProblemException(ProblemType.EMPTY_FILE, Sentence.of("no-bytes"));
        if (metadata != null && metadata.length() > MOST_METADATA)
            throw malformed(Sentence.of("header-too-long", "Upload-Metadata", MOST_METADATA));
        Upload upload = uploads.create(caller.get().user(), bytes, metadata);
        return expiring(Response.status(201), upload)
                .header("Location", TusHeaders.PATH + "/" + upload.id())
                .build();
    }

    @HEAD
    @Path("{id}")
    @Operation(operationId = "getUploadOffset", summary = "How many bytes of it are there, in Upload-Offset (tus 1.0)")
    @APIResponse(responseCode = "200", ref = "UploadState")
    @Answers({ProblemType.TUS_VERSION, ProblemType.NOT_FOUND})
    public Response head(@HeaderParam("Tus-Resumable") String version, @PathParam("id") String id) {
        checkVersion(version);
        Upload upload = find(id);
        return expiring(Response.ok(), upload)
                .header("Upload-Offset", upload.offset())
                .header("Upload-Length", upload.bytes())
                .header("Upload-Metadata", upload.metadata())
                .header(SOURCE, upload.sourceId())
                .header("Cache-Control", "no-store")
                .build();
    }

    @PATCH
    @Blocking
    @Path("{id}")
    @Operation(
            operationId = "appendToUpload",
            summary = "Send the bytes from Upload-Offset on; the last ones make it a source, named in Upload-Source-Id")
    @RequestBody(ref = "Piece")
    @APIResponse(responseCode = "204", ref = "PieceStored")
    @Answers(
            value = {ProblemType.MALFORMED_REQUEST, ProblemType.CONFLICT, ProblemType.TUS_VERSION, ProblemType.NOT_FOUND
            },
            ofFiles = true)
    public Response patch(
            @HeaderParam("Tus-Resumable") String version,
            @PathParam("id") String id,
            @HeaderParam("Content-Type") String contentType,
            @HeaderParam("Content-Length") Long length,
            @HeaderParam("Upload-Offset") String offset,
            InputStream body)
            throws IOException {
        checkVersion(version);
        if (!PIECE.equals(BodyType.of(contentType).type()))
            throw new ProblemException(ProblemType.UNSUPPORTED_MEDIA_TYPE, Sentence.of("send-bytes-as", PIECE));
        long from = number("Upload-Offset", offset);
        Upload upload = find(id);
        if (from != upload.offset()) throw otherOffset(upload);
        if (length != null && length > upload.bytes() - from)
            throw new ProblemException(ProblemType.TOO_LARGE, Sentence.of("more-bytes-than-announced", upload.bytes()));
        if (!uploads.append(upload, from, body)) throw otherOffset(find(id));
        Upload grown = find(id);
        return expiring(Response.status(NO_CONTENT), grown)
                .header("Upload-Offset", grown.offset())
                .header(SOURCE, grown.isWhole() ? sourceId(grown) : null)
                .build();
    }

    @DELETE
    @Path("{id}")
    @Operation(operationId = "deleteUpload", summary = "Forget it; a source that it has become stays")
    @APIResponse(responseCode = "204", ref = "UploadForgotten")
    @Answers({ProblemType.TUS_VERSION, ProblemType.NOT_FOUND})
    public Response remove(@HeaderParam("Tus-Resumable") String version, @PathParam("id") String id) {
        checkVersion(version);
        if (uuid(id).filter(known -> uploads.remove(caller.get().user(), known)).isEmpty()) throw notFound();
        return Response.noContent().build();
    }

    /** For clients that cannot send PATCH or DELETE (tus 1.0, X-HTTP-Method-Override). */
    @POST
    @Blocking
    @Path("{id}")
    @Operation(hidden = true)
    public Response override(
            @HeaderParam("X-HTTP-Method-Override") String method,
            @HeaderParam("Tus-Resumable") String version,
            @PathParam("id") String id,
            @HeaderParam("Content-Type") String contentType,
            @HeaderParam("Content-Length") Long length,
            @HeaderParam("Upload-Offset") String offset,
            InputStream body)
            throws IOException {
        return switch (method == null ? "" : method) {
            case "PATCH" -> patch(version, id, contentType, length, offset, body);
            case "DELETE" -> remove(version, id);
            case "HEAD" -> head(version, id);
            default -> throw new ProblemException(ProblemType.METHOD_NOT_ALLOWED, Sentence.of("send-with-patch"));
        };
    }

    @GET
    @Blocking
    @Path("{id}")
    @Operation(operationId = "getUploadedSource", summary = "The source that it has become")
    @Answers(
            value = {ProblemType.NOT_FOUND, ProblemType.CONFLICT, ProblemType.SOURCE_GONE},
            ofFiles = true)
    public SourceResource.View get(@PathParam("id") String id) throws IOException {
        Upload upload = find(id);
        if (!upload.isWhole())
            throw new ProblemException(
                    ProblemType.CONFLICT, Sentence.of("bytes-missing", upload.offset(), upload.bytes()));
        return SourceResource.View.of(sources.use(upload.userId(), sourceId(upload)));
    }

    private UUID sourceId(Upload upload) throws IOException {
        Optional<UUID> known = outcome(upload);
        if (known.isEmpty()) known = uploads.seal(upload);
        // Otherwise another call was faster: the outcome is in the upload now, or the upload is deleted.
        return known.or(() -> outcome(find(upload.id().toString()))).orElseThrow(TusResource::notFound);
    }

    /** The outcome of the upload, if there is one: the source, or the problem with which it was refused. */
    private static Optional<UUID> outcome(Upload upload) {
        if (upload.refusal() != null) throw ProblemException.again(upload.refusal());
        return Optional.ofNullable(upload.sourceId());
    }

    private Upload find(String id) {
        UUID user = caller.get().user();
        return uuid(id).flatMap(known -> uploads.find(user, known)).orElseThrow(TusResource::notFound);
    }

    private static Response.ResponseBuilder expiring(Response.ResponseBuilder answer, Upload upload) {
        return answer.header("Upload-Expires", HTTP_DATE.format(upload.expiresAt()));
    }

    private static void checkVersion(String version) {
        if (!TusHeaders.VERSION.equals(version))
            throw new ProblemException(ProblemType.TUS_VERSION, Sentence.of("tus-version", TusHeaders.VERSION));
    }

    private static long number(String header, String value) {
        if (value == null || !value.matches("\\d{1,18}")) throw malformed(Sentence.of("header-must-be-bytes", header));
        return Long.parseLong(value);
    }

    private static Optional<UUID> uuid(String id) {
        try {
            return Optional.of(UUID.fromString(id));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static ProblemException malformed(Sentence detail) {
        return new ProblemException(ProblemType.MALFORMED_REQUEST, detail);
    }

    private static ProblemException otherOffset(Upload upload) {
        return new ProblemException(ProblemType.CONFLICT, Sentence.of("other-offset", upload.offset()));
    }

    private static ProblemException notFound() {
        return new ProblemException(ProblemType.NOT_FOUND, Sentence.of("no-such-upload"));
    }
}
