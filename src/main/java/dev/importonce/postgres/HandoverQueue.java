package dev.importonce.postgres;

import io.agroal.api.AgroalDataSource;
import io.quarkus.arc.ClientProxy;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import jakarta.interceptor.Interceptor;
import java.lang.reflect.Field;
import java.util.concurrent.LinkedTransferQueue;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jboss.logging.Logger;

/**
 * The queue by which the pool hands connections to waiting callers, for Java before 22. The pool uses a {@link
 * LinkedTransferQueue}, and in those versions its {@code poll} with a time limit may never return when several callers time
 * out at the same moment (JDK-8301341): while the database is unavailable, a caller would get no answer at all, and a thread
 * would run at full speed for ever.
 */
public final class HandoverQueue<E> extends LinkedTransferQueue<E> {
    private static final long serialVersionUID = 1;
    private static final Logger LOG = Logger.getLogger(HandoverQueue.class);
    private static final int MENDED = 22;

    private final SynchronousQueue<E> handover = new SynchronousQueue<>(true);
    private final AtomicInteger waiting = new AtomicInteger();

    /** Installs the queue before other beans start and use the pool. */
    @Singleton
    static class Installation {
        void install(
                @Observes @Priority(Interceptor.Priority.PLATFORM_BEFORE) StartupEvent started,
                AgroalDataSource dataSource) {
            HandoverQueue.install(dataSource);
        }
    }

    private static void install(AgroalDataSource dataSource) {
        if (Runtime.version().feature() >= MENDED) return;
        try {
            Object pool =
                    field(ClientProxy.unwrap(dataSource), "connectionPool").get(ClientProxy.unwrap(dataSource));
            field(pool, "handlerTransferQueue").set(pool, new HandoverQueue<>());
        } catch (ReflectiveOperationException e) {
            LOG.warn("the pool is not as it is known: who waits for a connection while the database is away may wait"
                    + " for ever. Use Java 22 or later.");
        }
    }

    private static Field field(Object of, String name) throws NoSuchFieldException {
        Field field = of.getClass().getDeclaredField(name);
        field.setAccessible(true);
        return field;
    }

    @Override
    public E poll(long timeout, TimeUnit unit) throws InterruptedException {
        waiting.incrementAndGet();
        try {
            return handover.poll(timeout, unit);
        } finally {
            waiting.decrementAndGet();
        }
    }

    @Override
    public boolean tryTransfer(E element) {
        return handover.offer(element);
    }

    @Override
    public boolean hasWaitingConsumer() {
        return waiting.get() > 0;
    }

    @Override
    public int getWaitingConsumerCount() {
        return waiting.get();
    }
}
