package dev.importonce.problem;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The problems with which an endpoint may answer, for the description of the API. Problems of every endpoint need not be
 * named: unauthenticated, forbidden, not-acceptable, internal-error, unavailable.
 */
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.METHOD)
public @interface Answers {
    /** The endpoint's own problems. */
    ProblemType[] value() default {};

    /** Whether the endpoint also answers with the problems of files and of their upload. */
    boolean ofFiles() default false;

    /** Whether the endpoint answers with the problems of files, and with those of a request to import. */
    boolean ofImports() default false;
}
