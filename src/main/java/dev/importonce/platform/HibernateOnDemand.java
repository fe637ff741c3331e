package dev.importonce.platform;

import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import io.quarkus.hibernate.orm.runtime.JPAConfig;

/**
 * Lets Hibernate, in the native binary, start with the first read. Quarkus starts it with the service, before that listens, and has no
 * setting for it; what a cold start is for, an import, reads nothing by it. It took a quarter of a start's time and of its memory.
 */
@TargetClass(JPAConfig.class)
final class HibernateOnDemand {
    /** What is asked for later is started then, once for all who ask. */
    @Substitute
    void startAll() {}
}
