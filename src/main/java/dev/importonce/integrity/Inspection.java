package dev.importonce.integrity;

import java.util.List;

/** A check that is more than a statement. Each implementation is a bean; it only reads, and runs in the transaction of the checks. */
public interface Inspection {
    /** In kebab case; never changes. */
    String name();

    /** The tables that it reads; if one is missing, nothing is wrong. */
    List<String> tables();

    /** What is wrong, in words without personal data; empty: nothing. */
    List<String> faults();
}
