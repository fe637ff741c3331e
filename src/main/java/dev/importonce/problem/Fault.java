package dev.importonce.problem;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * One of several faults of a request.
 *
 * @param pointer RFC 6901 pointer into the JSON sent, or null
 * @param field name of the faulty column, part, header or parameter, or null
 * @param detail a description of the fault
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@RegisterForReflection
public record Fault(String pointer, String field, String detail) {
    /** A fault at a place in JSON. */
    public static Fault at(String pointer, String detail) {
        return new Fault(pointer, null, detail);
    }

    /** A fault of a named thing. */
    public static Fault of(String field, String detail) {
        return new Fault(null, field, detail);
    }
}
