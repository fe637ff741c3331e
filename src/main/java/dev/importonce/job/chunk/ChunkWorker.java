package dev.importonce.job.chunk;

import dev.importonce.json.Json;
import dev.importonce.problem.Problem;
import dev.importonce.problem.ProblemType;
import dev.importonce.queue.Backoff;
import dev.importonce.queue.EndsItsWorkers;
import dev.importonce.queue.Heartbeat;
import dev.importonce.queue.Isolation;
import dev.importonce.queue.LeaseLost;
import dev.importonce.queue.LeasedWorker;
import dev.importonce.queue.QueueMetrics;
import dev.importonce.queue.Worked;
import dev.importonce.target.declare.TargetChanged;
import dev.importonce.target.merge.TooManyRefused;
import dev.importonce.words.Sentence;
import io.quarkus.arc.All;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/** Processes import chunks, each by the {@link ChunkStep} of its step. */
@ApplicationScoped
public class ChunkWorker extends LeasedWorker<ChunkClaim> {
    private static final Logger LOG = Logger.getLogger(ChunkWorker.class);

    /** The job's owner can read this text directly in the database, so that it has no details; the service's log has them. */
    private static final String FAILED = "An attempt failed. The log of the service says why.";

    private static final int MAX_ATTEMPTS = 5;
    private static final Backoff BACKOFF = new Backoff(Duration.ofMillis(500), Duration.ofSeconds(30));

    private final ChunkClaims claims;
    private final Map<ChunkClaim.Step, ChunkStep> steps;
    private final EndJob end;
    private final Json json;

    ChunkWorker(
            ChunkClaims claims,
            @All List<ChunkStep> steps,
            EndJob end,
            Heartbeat heartbeat,
            Isolation isolation,
            QueueMetrics metrics,
            Json json) {
        super("import", MAX_ATTEMPTS, BACKOFF, heartbeat, isolation, metrics);
        this.claims = claims;
        this.steps = steps.stream().collect(Collectors.toMap(ChunkStep::step, Function.identity()));
        this.end = end;
        this.json = json;
    }

    /** Claims one chunk at a time, whatever {@code most} is: a chunk is large enough. */
    @Override
    protected Optional<ChunkClaim> claim(int most) {
        return claims.claim();
    }

    /**
     * The second thread only reads: reading takes as much time in this process as in the database. Merging runs mostly in
     * the database, so that at most one merge per worker runs at a time.
     */
    @Override
    public boolean assist() {
        return settle(claims::claimReading).claimed() > 0;
    }

    @Override
    protected Worked work(ChunkClaim claim) {
        if (!claim.jobStarted() && claims.startJob(claim)) LOG.infof("job %s started", claim.jobId());
        ChunkStep step = steps.get(claim.step());
        try {
            step.run(claim);
            return new Worked(1, 1, 0);
        } catch (TargetChanged e) {
            return hopeless(
                    step,
                    claim,
                    Problem.of(ProblemType.TARGET_CHANGED, Sentence.of("table-changed", e.reason()), e.faults()));
        } catch (TooManyRefused e) {
            return hopeless(step, claim, Problem.of(ProblemType.ROWS_REFUSED, e.reason(), List.of()));
        }
    }

    /** Another attempt would fail for the same reason. */
    private Worked hopeless(ChunkStep step, ChunkClaim claim, Problem problem) {
        LOG.warnf("%s: %s", claim, problem.detail());
        step.giveUp(claim, json.write(problem), end);
        return new Worked(1, 0, 1);
    }

    @Override
    protected void extend(ChunkClaim claim) {
        claims.extend(claim);
    }

    @Override
    protected void retryLater(ChunkClaim claim, Duration delay, boolean counted) {
        if (!claims.retryLater(claim, delay, FAILED, counted)) lost(claim);
    }

    @Override
    protected void giveUp(ChunkClaim claim, Throwable failure) {
        ChunkStep step = steps.get(claim.step());
        step.giveUp(claim, problem(step, claim, failure), end);
    }

    @Override
    protected void release(ChunkClaim claim) {
        claims.giveBack(claim);
    }

    @Override
    protected void putOff(ChunkClaim claim, Duration delay) {
        claims.putOff(claim, delay);
    }

    @Override
    protected void beginAlone(ChunkClaim claim) {
        if (!claims.beginAlone(claim)) throw new LeaseLost(claim);
    }

    @Override
    protected void outlived(ChunkClaim claim) {
        claims.outlive(claim);
    }

    @Override
    protected void lost(ChunkClaim claim) {
        end.discardLeftovers(claim.userId(), claim.jobId());
    }

    @Override
    public long due() {
        return claims.due();
    }

    private String problem(ChunkStep step, ChunkClaim claim, Throwable failure) {
        Sentence detail = failure instanceof EndsItsWorkers ends
                ? Sentence.of("work-ended-service", step.failure(claim), ends.times(), step.remedy())
                : Sentence.of("work-failed", step.failure(claim), claim.attempts(), step.remedy());
        return json.write(Problem.of(ProblemType.INTERNAL_ERROR, detail, List.of()));
    }
}
