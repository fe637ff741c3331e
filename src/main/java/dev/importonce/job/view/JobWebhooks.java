package dev.importonce.job.view;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.importonce.job.JobEnded;
import dev.importonce.job.JobStatus;
import dev.importonce.job.JobUndone;
import dev.importonce.json.Json;
import dev.importonce.webhook.EventType;
import dev.importonce.webhook.Outbox;
import dev.importonce.webhook.Subjects;
import dev.importonce.webhook.WebhookEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Tells the webhook of jobs that have ended or were undone, in the transaction that does so. */
@ApplicationScoped
class JobWebhooks implements Subjects {
    private static final Map<JobStatus, EventType> ENDS = Map.of(
            JobStatus.COMPLETED, EventType.IMPORT_COMPLETED,
            JobStatus.FAILED, EventType.IMPORT_FAILED,
            JobStatus.CANCELLED, EventType.IMPORT_CANCELLED);

    private final Outbox outbox;
    private final Jobs jobs;
    private final Json json;

    JobWebhooks(Outbox outbox, Jobs jobs, Json json) {
        this.outbox = outbox;
        this.jobs = jobs;
        this.json = json;
    }

    void ended(@Observes JobEnded job) {
        if (!outbox.wanted()) return;
        JobView view = view(job.userId(), job.id());
        outbox.write(event(ENDS.get(view.status()), view));
    }

    void undone(@Observes JobUndone job) {
        if (outbox.wanted()) outbox.write(event(EventType.IMPORT_UNDONE, view(job.userId(), job.id())));
    }

    /** Of a job that a browser has cancelled in the database. */
    @Override
    public Optional<WebhookEvent> event(String type, UUID subjectId) {
        if (!type.equals(EventType.IMPORT_CANCELLED.word())) return Optional.empty();
        return jobs.ofAnybody(subjectId).map(job -> event(EventType.IMPORT_CANCELLED, JobView.of(job)));
    }

    private JobView view(UUID userId, UUID id) {
        return JobView.of(jobs.ofUser(userId, id).orElseThrow());
    }

    private WebhookEvent event(EventType type, JobView view) {
        String whole = json.write(view);
        return new WebhookEvent(type, view.jobId(), 0, whole, () -> shorter(whole));
    }

    private String shorter(String whole) {
        ObjectNode job = json.read(whole, ObjectNode.class);
        job.remove("mapping");
        if (job.get("undo") instanceof ObjectNode undo) undo.remove("kept");
        return json.write(job);
    }
}
