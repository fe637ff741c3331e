package dev.importonce.queue;

import dev.importonce.thread.VitalThreads;
import java.util.List;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;

/** Down when a thread that the service needs has ended: then only a restart of the process helps. */
@Liveness
class ThreadsAlive implements HealthCheck {
    private final VitalThreads vital;

    ThreadsAlive(VitalThreads vital) {
        this.vital = vital;
    }

    @Override
    public HealthCheckResponse call() {
        List<String> dead = vital.dead();
        var response = HealthCheckResponse.named("threads").status(dead.isEmpty());
        dead.forEach(thread -> response.withData(thread, "ended"));
        return response.build();
    }
}
