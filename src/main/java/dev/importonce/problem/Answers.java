package dev.importonce.problem;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Which problems an endpoint may answer with, for the description of the API. Those that every endpoint has need not be named:
 * unauthenticated, forbidden, not-acceptable, internal-error, unavailable.
 */
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.METHOD)
public @interface Answers {
    /** Its own. */
    ProblemType[] value() default {};

    /** Whether it also answers with what can be wrong with a file or with the way it is sent. */
    boolean ofFiles() default false;

    /** Whether it answers with all that, and with what can be wrong with a request to import. */
    boolean ofImports() default false;
}
