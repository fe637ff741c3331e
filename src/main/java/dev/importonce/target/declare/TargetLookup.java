package dev.importonce.target.declare;

import java.util.List;
import java.util.Optional;

/** Finds targets by the names that mappings use. */
public interface TargetLookup {
    /** The target of that name. */
    Optional<Target> find(String name);

    /** All targets, by name. */
    List<Target> all();
}
