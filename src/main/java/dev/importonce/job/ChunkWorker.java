package dev.importonce.job;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.importonce.postgres.DatabaseUnavailable;
import dev.importonce.problem.Problem;
import dev.importonce.problem.ProblemType;
import dev.importonce.queue.Backoff;
import dev.importonce.queue.Heartbeat;
import dev.importonce.queue.Worker;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;

/** Works import chunks: reads blocks, merges shares. */
@ApplicationScoped
class ChunkWorker implements Worker {
    private static final Logger LOG = Logger.getLogger(ChunkWorker.class);
    private static final int MAX_ATTEMPTS = 5;

    private final ChunkClaims claims;
    private final ReadStep read;
    private final MergeStep merge;
    private final EndJob end;
    private final Heartbeat heartbeat;
    private final ObjectMapper json;
    private final Set<ChunkClaim> held = ConcurrentHashMap.newKeySet();

    ChunkWorker(
            ChunkClaims claims, ReadStep read, MergeStep merge, EndJob end, Heartbeat heartbeat, ObjectMapper json) {
        this.claims = claims;
        this.read = read;
        this.merge = merge;
        this.end = end;
        this.heartbeat = heartbeat;
        this.json = json;
    }

    @Override
    public boolean workOne() {
        Optional<ChunkClaim> claim = claims.claim();
        claim.ifPresent(this::work);
        return claim.isPresent();
    }

    @Override
    public void giveBack() {
        held.forEach(claim -> {
            claims.giveBack(claim);
            LOG.infof("%s given back", claim);
        });
    }

    private void work(ChunkClaim claim) {
        held.add(claim);
        try {
            if (!claim.jobStarted() && claims.startJob(claim)) LOG.infof("job %s started", claim.jobId());
            heartbeat.during(() -> run(claim), () -> claims.extend(claim));
            LOG.debugf("%s done", claim);
        } catch (LeaseLost e) {
            LOG.infof("%s", e.getMessage());
            end.discardLeftovers(claim);
        } catch (RuntimeException e) {
            settleFailure(claim, e);
        } finally {
            held.remove(claim);
        }
    }

    private void run(ChunkClaim claim) {
        switch (claim.step()) {
            case READING -> read.run(claim);
            case MERGING -> merge.run(claim);
        }
    }

    private void settleFailure(ChunkClaim claim, RuntimeException failure) {
        if (claim.attempts() < MAX_ATTEMPTS || DatabaseUnavailable.isCauseOf(failure)) {
            LOG.warnf("%s failed, attempt %d: %s", claim, claim.attempts(), failure.getMessage());
            claims.retryLater(claim, Backoff.after(claim.attempts()), failure.toString());
            return;
        }
        LOG.errorf(failure, "%s failed for the last time", claim);
        end.fail(claim, error(claim));
    }

    private String error(ChunkClaim claim) {
        String part = claim.step() == ChunkClaim.Step.READING
                ? "The rows from row " + claim.firstRow() + " on could not be read"
                : "A part of the rows could not be written";
        Problem problem = Problem.of(
                ProblemType.INTERNAL_ERROR,
                part + ", also after " + claim.attempts()
                        + " attempts. Retry the import; if it fails again, report it.",
                List.of());
        try {
            return json.writeValueAsString(problem);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
