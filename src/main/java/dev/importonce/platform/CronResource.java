package dev.importonce.platform;

import dev.importonce.identity.Role;
import dev.importonce.problem.Answers;
import dev.importonce.problem.ProblemException;
import dev.importonce.problem.ProblemType;
import dev.importonce.queue.Run;
import dev.importonce.queue.Sweeping;
import dev.importonce.queue.Worked;
import dev.importonce.queue.Worker;
import dev.importonce.words.Sentence;
import io.quarkus.arc.All;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Does due work where no process runs permanently; any number of calls may run at once. */
@Path("/api/cron")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Operation")
@RolesAllowed({Role.OPERATOR, Role.CRON})
class CronResource {
    private static final Duration DEFAULT_BUDGET = Duration.ofSeconds(25);
    private static final Duration MAX_BUDGET = Duration.ofMinutes(15);
    private static final int MAX_ITEMS = 1_000_000;

    private final List<Worker> workers;
    private final Sweeping sweeping;

    CronResource(@All List<Worker> workers, Sweeping sweeping) {
        this.workers = workers;
        this.sweeping = sweeping;
    }

    @POST
    @Path("process-imports")
    @Operation(operationId = "processImports", summary = "Work import chunks for a while")
    @Answers(ProblemType.INVALID_PARAMETER)
    public Report imports(@QueryParam("budget") String budget, @QueryParam("max") String max) {
        return run("import", budget, max);
    }

    @POST
    @Path("process-send-queue")
    @Operation(operationId = "processSendQueue", summary = "Send due messages for a while")
    @Answers(ProblemType.INVALID_PARAMETER)
    public Report sendQueue(@QueryParam("budget") String budget, @QueryParam("max") String max) {
        return run("send", budget, max);
    }

    @POST
    @Path("process-webhooks")
    @Operation(operationId = "processWebhooks", summary = "Deliver due events to the webhook for a while")
    @Answers(ProblemType.INVALID_PARAMETER)
    public Report webhooks(@QueryParam("budget") String budget, @QueryParam("max") String max) {
        return run("webhooks", budget, max);
    }

    private Report run(String queue, String budget, String max) {
        Duration time = budget(budget);
        int most = max(max);
        Worker worker = workers.stream()
                .filter(one -> one.queue().equals(queue))
                .findFirst()
                .orElseThrow();
        Worked worked = new Run(worker).within(time, most);
        sweeping.now();
        return new Report(worked.claimed(), worked.processed(), worked.failed(), worker.due());
    }

    private static Duration budget(String sent) {
        if (sent == null) return DEFAULT_BUDGET;
        try {
            Duration budget = Duration.parse(sent);
            if (!budget.isNegative() && !budget.isZero() && budget.compareTo(MAX_BUDGET) <= 0) return budget;
        } catch (DateTimeParseException e) {
            throw invalidBudget();
        }
        throw invalidBudget();
    }

    private static ProblemException invalidBudget() {
        return new ProblemException(
                ProblemType.INVALID_PARAMETER, Sentence.of("must-be-duration", "budget", MAX_BUDGET));
    }

    private static int max(String sent) {
        if (sent == null) return MAX_ITEMS;
        try {
            int max = Integer.parseInt(sent);
            if (max >= 1 && max <= MAX_ITEMS) return max;
        } catch (NumberFormatException e) {
            throw invalidMax();
        }
        throw invalidMax();
    }

    private static ProblemException invalidMax() {
        return new ProblemException(
                ProblemType.INVALID_PARAMETER, Sentence.of("must-be-number-between", "max", 1, MAX_ITEMS));
    }

    /** @param remaining number of items that were due and unclaimed at the end */
    @Schema(name = "CronReport")
    record Report(int claimed, int processed, int failed, long remaining) {}
}
