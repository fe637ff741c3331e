package dev.importonce.load;

import java.util.UUID;

/** What holds for the values of a row together, beyond what each field's normaliser sees to. Pure; called from several threads. */
@FunctionalInterface
public interface RowRule {
    /** The values are staged as they are. */
    RowRule NONE = (values, userId) -> values;

    /**
     * Makes a row canonical.
     *
     * @param values one per field of the target, null for blank or not mapped
     * @param userId who imports
     * @return what is staged, the natural key first; as many as the target stages
     * @throws Normaliser.Refused with the whole reason, as a sentence
     */
    String[] apply(String[] values, UUID userId) throws Normaliser.Refused;
}
