package dev.importonce.job;

import dev.importonce.problem.Json;
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
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;

/** Works import chunks: reads blocks, merges shares, undoes shares. */
@ApplicationScoped
class ChunkWorker extends LeasedWorker<ChunkClaim> {
    private static final Logger LOG = Logger.getLogger(ChunkWorker.class);

    /** Who owns the job can read it past the service: of what it was, the log knows more. */
    private static final String FAILED = "An attempt failed. The log of the service says why.";

    private static final int MAX_ATTEMPTS = 5;
    private static final Backoff BACKOFF = new Backoff(Duration.ofMillis(500), Duration.ofSeconds(30));

    private final ChunkClaims claims;
    private final ReadStep read;
    private final MergeStep merge;
    private final UndoStep undo;
    private final EndJob end;
    private final UndoCheckpoint undoCheckpoint;
    private final Json json;

    ChunkWorker(
            ChunkClaims claims,
            ReadStep read,
            MergeStep merge,
            UndoStep undo,
            EndJob end,
            UndoCheckpoint undoCheckpoint,
            Heartbeat heartbeat,
            Isolation isolation,
            QueueMetrics metrics,
            Json json) {
        super("import", MAX_ATTEMPTS, BACKOFF, heartbeat, isolation, metrics);
        this.claims = claims;
        this.read = read;
        this.merge = merge;
        this.undo = undo;
        this.end = end;
        this.undoCheckpoint = undoCheckpoint;
        this.json = json;
    }

    /** One at a time, however many are wanted: a chunk is large enough. */
    @Override
    protected Optional<ChunkClaim> claim(int most) {
        return claims.claim();
    }

    /** Reading takes as long here as in the database. Merging does not: as many at a time as there are workers. */
    @Override
    public boolean assist() {
        return settle(claims::claimReading).claimed() > 0;
    }

    @Override
    protected Worked work(ChunkClaim claim) {
        if (!claim.jobStarted() && claims.startJob(claim)) LOG.infof("job %s started", claim.jobId());
        switch (claim.step()) {
            case READING -> read.run(claim);
            case MERGING -> merge.run(claim);
            case UNDOING -> undo.run(claim);
        }
        return new Worked(1, 1, 0);
    }

    @Override
    protected void extend(ChunkClaim claim) {
        claims.extend(claim);
    }

    @Override
    protected void retryLater(ChunkClaim claim, Duration delay, Throwable failure) {
        if (!claims.retryLater(claim, delay, FAILED)) lost(claim);
    }

    @Override
    protected void giveUp(ChunkClaim claim, Throwable failure) {
        String error = error(claim, failure);
        if (claim.step() == ChunkClaim.Step.UNDOING) undoCheckpoint.fail(claim, error);
        else end.fail(claim, error);
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

    private String error(ChunkClaim claim, Throwable failure) {
        String part =
                switch (claim.step()) {
                    case READING -> "The rows from row " + claim.firstRow() + " on could not be read";
                    case MERGING -> "A part of the rows could not be written";
                    case UNDOING -> "A part of the rows could not be undone";
                };
        String again = claim.step() == ChunkClaim.Step.UNDOING ? "Undo the job once more" : "Retry the import";
        String why = failure instanceof EndsItsWorkers ends
                ? ": each of the " + ends.times()
                        + " times when it was all that the service worked on, the service ended. "
                : ", also after " + claim.attempts() + " attempts. ";
        Problem problem = Problem.of(
                ProblemType.INTERNAL_ERROR, part + why + again + "; if it fails again, report it.", List.of());
        return json.write(problem);
    }
}
