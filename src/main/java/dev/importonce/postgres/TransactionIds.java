package dev.importonce.postgres;

import com.arjuna.ats.arjuna.common.arjPropertyManager;
import com.arjuna.ats.internal.arjuna.utils.ManualProcessId;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import jakarta.interceptor.Interceptor;

/**
 * Numbers transactions by the number of this process. Narayana would else, at the first transaction, listen on a port until the
 * end, for a number that is unique on this machine; one that lives in one connection and is never recovered needs none.
 */
@Singleton
class TransactionIds {
    /** Before a worker begins one. */
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
