package dev.importonce.target.declare;

import dev.importonce.target.type.Normaliser;
import java.util.UUID;

/** A rule for the values of a row together, in addition to each field's normaliser. Pure; called from several threads. */
@FunctionalInterface
public interface RowRule {
    /** No rule: the values are staged unchanged. */
    RowRule NONE = (values, userId) -> values;

    /**
     * Makes a row canonical.
     *
     * @param values one per field of the target, null for blank or not mapped
     * @param userId the user who imports
     * @return the values to stage, the natural key first; as many as the target stages
     * @throws Normaliser.Refused with the whole reason, as a sentence
     */
    String[] apply(String[] values, UUID userId) throws Normaliser.Refused;
}
