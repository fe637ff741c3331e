package dev.importonce.integrity;

import dev.importonce.postgres.RootCause;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * The checks as metrics. A scrape starts at most one run of the checks, in the background, and there are never two runs at a
 * time. The scrape waits a short time for the new values, and otherwise shows the values of the previous run. NaN: a check
 * could not be run.
 */
@ApplicationScoped
class Gauges implements MeterBinder {
    private static final Logger LOG = Logger.getLogger(Gauges.class);
    private static final Duration FRESH = Duration.ofSeconds(30);
    private static final Duration SCRAPE_WAITS = Duration.ofSeconds(2);
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    /** Slow checks run less often: they run for a tenth of the time at most. */
    private static final int REST = 10;

    private static final List<Check> ALL = Stream.of(Checks.PROBLEMS, Checks.ALARMS, Checks.AGES)
            .flatMap(List::stream)
            .toList();

    private final Examine examine;
    private final ExecutorService background = Executors.newSingleThreadExecutor(run -> {
        Thread thread = new Thread(run, "importonce-integrity");
        thread.setDaemon(true);
        return thread;
    });
    private volatile Map<String, Double> values = Map.of();
    private Future<?> running;
    private long freshUntil = System.nanoTime();

    Gauges(Examine examine) {
        this.examine = examine;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        for (Check check : Checks.PROBLEMS)
            Gauge.builder("importonce.integrity.problems", () -> value(check))
                    .tag("check", check.name())
                    .description("What the integrity check counts; 0 is good, NaN: it could not be run")
                    .register(registry);
        for (Check check : Checks.ALARMS)
            Gauge.builder("importonce.integrity.alarms", () -> value(check))
                    .tag("alarm", check.name())
                    .description("What somebody should look at, though nothing need be wrong")
                    .register(registry);
        for (Check check : Checks.AGES)
            Gauge.builder("importonce.queue.age", () -> value(check))
                    .tag("queue", check.name())
                    .baseUnit("seconds")
                    .description("How long the oldest due work has been waiting for a worker")
                    .register(registry);
    }

    private double value(Check check) {
        refresh();
        return values.getOrDefault(check.name(), Double.NaN);
    }

    private void refresh() {
        Future<?> started;
        synchronized (this) {
            if (running != null && !running.isDone() || System.nanoTime() - freshUntil < 0) return;
            freshUntil = System.nanoTime() + FRESH.toNanos();
            try {
                running = background.submit(this::run);
            } catch (RejectedExecutionException stopping) {
                return;
            }
            started = running;
        }
        try {
            started.get(SCRAPE_WAITS.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException e) {
            LOG.debugf("integrity checks have no values yet: %s", RootCause.of(e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        long started = System.nanoTime();
        try {
            values = examine.run(ALL, PATIENCE).stream().collect(Collectors.toMap(Finding::name, Gauges::number));
        } catch (RuntimeException e) {
            LOG.warnf("integrity checks could not be run: %s", RootCause.of(e));
            values = Map.of();
        }
        long took = System.nanoTime() - started;
        synchronized (this) {
            freshUntil = System.nanoTime() + Math.max(FRESH.toNanos() - took, took * REST);
        }
    }

    private static double number(Finding finding) {
        return !finding.ok() && finding.count() == 0 ? Double.NaN : finding.count();
    }

    @PreDestroy
    void stop() {
        background.shutdownNow();
    }
}
