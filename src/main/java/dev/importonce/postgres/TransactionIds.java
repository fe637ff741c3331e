package dev.importonce.postgres;

import com.arjuna.ats.arjuna.common.arjPropertyManager;
import com.arjuna.ats.internal.arjuna.utils.ManualProcessId;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import jakarta.interceptor.Interceptor;

/**
 * Uses the process id for Narayana's transaction ids. Otherwise Narayana listens on a port, from the first transaction until
 * the process ends, to have a number that is unique on this machine; transactions that use one connection and are never
 * recovered do not need such a number.
 */
@Singleton
class TransactionIds {
    /** Runs before a worker begins a transaction. */
    void number(@Observes @Priority(Interceptor.Priority.PLATFORM_BEFORE) StartupEvent started) {
        var environment = arjPropertyManager.getCoreEnvironmentBean();
        try {
            environment.setPid(Math.toIntExact(ProcessHandle.current().pid()));
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
        environment.setProcessImplementation(new ManualProcessId());
    }
}
