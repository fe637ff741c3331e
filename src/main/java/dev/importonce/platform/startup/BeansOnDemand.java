package dev.importonce.platform.startup;

import com.oracle.svm.core.annotate.Alias;
import com.oracle.svm.core.annotate.RecomputeFieldValue;
import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import io.quarkus.arc.InjectableObserverMethod;
import io.quarkus.arc.impl.ArcContainerImpl;
import io.quarkus.hibernate.orm.runtime.JPAConfig;
import io.quarkus.runtime.StartupEvent;
import java.util.List;
import java.util.regex.Pattern;
import org.graalvm.nativeimage.hosted.FieldValueTransformer;

/**
 * Leaves it to the first list or job that somebody reads to start Hibernate, and to the first migration to make Flyway, in the
 * native binary. Quarkus does both at every start, before it listens, although the first use would do: an import is submitted
 * without either, and worked without either if no webhook is told of it ({@code src/docs/performance.md} has the figures). There is
 * no setting for this, and it is not the method of a bean that an interceptor could defer. It can be deleted when there is a
 * setting; a release of Quarkus that names these things differently fails the build of the binary.
 */
final class BeansOnDemand {
    private BeansOnDemand() {}

    /** Starts no persistence unit: each one is started when it is asked for. */
    @TargetClass(JPAConfig.class)
    static final class Units {
        @Substitute
        void startAll() {}
    }

    /** The binary's CDI container, without the observers of the start that make these beans. */
    @TargetClass(ArcContainerImpl.class)
    static final class Container {
        @Alias
        @RecomputeFieldValue(kind = RecomputeFieldValue.Kind.Custom, declClass = WithoutEarlyStarts.class)
        private List<InjectableObserverMethod<?>> observers;
    }

    /** Runs while the binary is built. */
    static final class WithoutEarlyStarts implements FieldValueTransformer {
        private static final List<Pattern> BEANS = List.of(
                Pattern.compile("(org\\.hibernate|jakarta\\.persistence)\\..*"),
                Pattern.compile("(org\\.flywaydb|io\\.quarkus\\.flyway)\\..*"));

        @Override
        public Object transform(Object container, Object observers) {
            List<?> left = (List<?>) observers;
            for (Pattern beans : BEANS) {
                List<?> others = left.stream()
                        .filter(observer -> !startsEarly((InjectableObserverMethod<?>) observer, beans))
                        .toList();
                if (others.size() == left.size())
                    throw new IllegalStateException("nothing makes beans of " + beans + " at the start any more");
                left = others;
            }
            return left;
        }

        private static boolean startsEarly(InjectableObserverMethod<?> observer, Pattern beans) {
            return observer.getObservedType() == StartupEvent.class
                    && beans.matcher(observer.getBeanClass().getName()).matches();
        }
    }
}
