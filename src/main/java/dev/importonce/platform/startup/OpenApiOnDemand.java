package dev.importonce.platform.startup;

import io.quarkus.runtime.LaunchMode;
import io.quarkus.smallrye.openapi.runtime.OpenApiDocumentService;
import jakarta.annotation.Priority;
import jakarta.enterprise.inject.build.compatible.spi.BuildCompatibleExtension;
import jakarta.enterprise.inject.build.compatible.spi.ClassConfig;
import jakarta.enterprise.inject.build.compatible.spi.Enhancement;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InterceptorBinding;
import jakarta.interceptor.InvocationContext;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.util.ArrayList;
import java.util.List;

/**
 * Prepares the description of the API at its first request. Quarkus does this at every start, before it listens: it reads,
 * filters and writes the whole document in two formats, a third of a native start ({@code src/docs/performance.md}). This can be
 * deleted when Quarkus serves a document that it has stored during the build.
 */
public class OpenApiOnDemand implements BuildCompatibleExtension {
    /** @param service the bean of Quarkus that prepares and returns the documents */
    @Enhancement(types = OpenApiDocumentService.class)
    public void defer(ClassConfig service) {
        // In tests and in development, Quarkus' own class loader cannot see our classes.
        if (LaunchMode.current() == LaunchMode.NORMAL) service.addAnnotation(OnDemand.class);
    }

    /** Defers a bean's preparation until its first use. */
    @InterceptorBinding
    @Retention(RetentionPolicy.RUNTIME)
    @interface OnDemand {}

    /** One interceptor for each such bean. */
    @OnDemand
    @Interceptor
    @Priority(Interceptor.Priority.APPLICATION)
    static class Deferring {
        private final List<InvocationContext> deferred = new ArrayList<>();

        @AroundInvoke
        Object invoke(InvocationContext call) throws Exception {
            synchronized (deferred) {
                if (call.getMethod().getName().startsWith("prepare")) {
                    deferred.add(call);
                    return null;
                }
                for (InvocationContext preparation : deferred) preparation.proceed();
                deferred.clear();
            }
            return call.proceed();
        }
    }
}
