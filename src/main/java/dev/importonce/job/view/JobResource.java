package dev.importonce.job.view;

import dev.importonce.identity.Caller;
import dev.importonce.identity.CurrentCaller;
import dev.importonce.identity.Role;
import dev.importonce.job.JobStatus;
import dev.importonce.job.MigrationJob;
import dev.importonce.job.chunk.EndJob;
import dev.importonce.job.reject.Rejects;
import dev.importonce.job.submit.RetryJob;
import dev.importonce.job.submit.RunAnswer;
import dev.importonce.job.undo.Undo;
import dev.importonce.job.undo.UndoJob;
import dev.importonce.json.Json;
import dev.importonce.paging.Limit;
import dev.importonce.paging.Page;
import dev.importonce.paging.TimeCursor;
import dev.importonce.problem.Answers;
import dev.importonce.problem.ProblemException;
import dev.importonce.problem.ProblemType;
import dev.importonce.words.Language;
import dev.importonce.words.Sentence;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.mutiny.Multi;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import java.net.URI;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Reads, cancels, retries and undoes jobs. */
@Path("/api/migrations")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Imports")
@RolesAllowed({Role.USER, Role.SERVICE})
class JobResource {
    private final CurrentCaller caller;
    private final Jobs jobs;
    private final EndJob endJob;
    private final RetryJob retryJob;
    private final UndoJob undoJob;
    private final Rejects rejects;
    private final JobEvents events;
    private final Json json;

    JobResource(
            CurrentCaller caller,
            Jobs jobs,
            EndJob endJob,
            RetryJob retryJob,
            UndoJob undoJob,
            Rejects rejects,
            JobEvents events,
            Json json) {
        this.json = json;
        this.events = events;
        this.caller = caller;
        this.jobs = jobs;
        this.endJob = endJob;
        this.retryJob = retryJob;
        this.undoJob = undoJob;
        this.rejects = rejects;
    }

    @GET
    @Operation(operationId = "listJobs", summary = "Your jobs, newest first")
    @Answers(ProblemType.INVALID_PARAMETER)
    public Page<JobView> list(
            @QueryParam("status") @Parameter(schema = @Schema(implementation = JobStatus.class)) String status,
            @QueryParam("target") String target,
            @QueryParam("since") String since,
            @QueryParam("before") String before,
            @QueryParam("limit") String limit,
            @QueryParam("cursor") String cursor) {
        int most = Limit.of(limit);
        JobFilter filter = JobFilter.parse(status, target, since, before);
        var found = jobs.newest(caller.get().user(), filter, TimeCursor.parse(cursor), most + 1);
        return Page.of(found, most, JobView::of, job -> TimeCursor.behind(job.createdAt(), job.id())
                .write());
    }

    @GET
    @Path("{id}")
    @Operation(operationId = "getJob", summary = "A job and how far it is")
    @Answers(ProblemType.NOT_FOUND)
    public JobView get(@PathParam("id") String id) {
        return JobView.of(find(id));
    }

    @GET
    @Blocking
    @Path("{id}/events")
    @Produces(MediaType.SERVER_SENT_EVENTS)
    @Operation(
            operationId = "watchJob",
            summary = "A job on every change until it has ended, as events progress",
            description = "Ends with the token that it was asked for with, too: ask again with a fresh one.")
    @APIResponse(responseCode = "200", ref = "JobEvents")
    @Answers({ProblemType.NOT_FOUND, ProblemType.TOO_MANY_REQUESTS})
    public Multi<OutboundSseEvent> events(
            @PathParam("id") String id,
            @QueryParam("locale") String locale,
            @HeaderParam("Accept-Language") String accepted,
            @Context Sse sse) {
        MigrationJob job = find(id);
        Language language = Language.of(locale, accepted);
        return events.of(caller.get().userId(), caller.until(), job)
                .map(view -> event(sse, view.map(each -> each.in(language))));
    }

    private OutboundSseEvent event(Sse sse, Optional<JobView> view) {
        OutboundSseEvent.Builder event = sse.newEventBuilder();
        return view.isEmpty()
                ? event.comment("still here").build()
                : event.name("progress").data(json.write(view.get())).build();
    }

    @POST
    @Path("{id}/cancel")
    @Operation(operationId = "cancelJob", summary = "Stop a job: what is not applied yet never will be")
    @Answers({ProblemType.NOT_FOUND, ProblemType.CONFLICT})
    public JobView cancel(@PathParam("id") String id) {
        MigrationJob job = findOwn(id);
        if (!endJob.cancel(job.userId(), job.id()))
            throw new ProblemException(ProblemType.CONFLICT, Sentence.of("job-ended"));
        return JobView.of(find(id));
    }

    @POST
    @Path("{id}/retry")
    @Operation(
            operationId = "retryJob",
            summary =
                    "Import a failed or cancelled job's file again: 202 with a new job, 200 with one that already does it")
    @APIResponse(responseCode = "202", ref = "JobCreated")
    @APIResponse(responseCode = "200", ref = "JobFound")
    @Answers({ProblemType.NOT_FOUND, ProblemType.CONFLICT, ProblemType.SOURCE_GONE})
    public Response retry(@PathParam("id") String id) {
        MigrationJob job = findOwn(id);
        JobStatus status = JobStatus.parse(job.status());
        if (status != JobStatus.FAILED && status != JobStatus.CANCELLED)
            throw new ProblemException(ProblemType.CONFLICT, Sentence.of("job-not-retriable", job.status()));
        if (job.sourceId() == null)
            throw new ProblemException(ProblemType.SOURCE_GONE, Sentence.of("job-file-not-kept"));
        // It may have left the organisation since.
        caller.get().organisation(job.orgId());
        Caller owner = new Caller(
                job.userId(), job.orgId(), java.util.Set.of(), caller.get().service());
        return retryJob.retry(owner, job).match(new RunAnswer());
    }

    @POST
    @Path("{id}/undo")
    @Operation(
            operationId = "undoJob",
            summary = "Take back a completed job whose mapping says \"undoable\": true",
            description =
                    "Deletes what it inserted and gives back the values that it changed, except where somebody"
                            + " changed them since. Works like a job; follow it in \"undo\" of the job, whose status stays completed.")
    @APIResponse(responseCode = "202", ref = "UndoBegun")
    @Answers({ProblemType.NOT_FOUND, ProblemType.CONFLICT})
    public Response undo(@PathParam("id") String id) {
        MigrationJob job = findOwn(id);
        // It may have left the organisation since.
        caller.get().organisation(job.orgId());
        if (!undoJob.ask(job.userId(), job.id()))
            throw new ProblemException(ProblemType.CONFLICT, Undo.refusal(find(id)));
        return Response.accepted(JobView.of(find(id)))
                .location(URI.create("/api/migrations/" + job.id()))
                .build();
    }

    @GET
    @Path("{id}/rejects")
    @Produces("text/csv")
    @Operation(
            operationId = "getRejects",
            summary = "The rows that were not imported, with their reasons, as a CSV file to correct and import again")
    @APIResponse(responseCode = "200", ref = "RejectedRows")
    @Answers(ProblemType.NOT_FOUND)
    public Response rejects(
            @PathParam("id") String id,
            @QueryParam("locale") String locale,
            @HeaderParam("Accept-Language") String accepted) {
        MigrationJob job = find(id);
        Language language = Language.of(locale, accepted);
        StreamingOutput csv = out -> rejects.write(job.userId(), job.id(), language, out);
        return Response.ok(csv, "text/csv; charset=utf-8")
                .header("Content-Language", language.tag())
                .header("Vary", "Accept-Language")
                .header("Content-Disposition", "attachment; filename=\"rejects-" + job.id() + ".csv\"")
                .build();
    }

    /** Finds a job in order to change it: a service that acts for no user may only read. */
    private MigrationJob findOwn(String id) {
        caller.get().requireUser();
        return find(id);
    }

    private MigrationJob find(String id) {
        Caller who = caller.get();
        UUID job = uuid(id);
        if (job == null) return notFound();
        return (who.readsAll() ? jobs.ofAnybody(job) : jobs.ofUser(who.user(), job)).orElseGet(JobResource::notFound);
    }

    private static UUID uuid(String id) {
        try {
            return UUID.fromString(id);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static MigrationJob notFound() {
        throw new ProblemException(ProblemType.NOT_FOUND, Sentence.of("no-such-job"));
    }
}
