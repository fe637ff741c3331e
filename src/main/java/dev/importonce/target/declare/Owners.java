package dev.importonce.target.declare;

import dev.importonce.json.JsonProperties;
import dev.importonce.words.Sentence;
import java.util.Locale;
import java.util.Set;

/** Reads whom rows belong to: one of {@code {"organisation": column}}, {@code {"user": column}} and null. */
final class Owners {
    private Owners() {}

    /** The property {@code owner}, which must be there; null: nobody, or a fault. */
    static Owner read(JsonProperties json) {
        if (!json.names("owner")) json.fault("owner", notSaid());
        JsonProperties owner = json.object("owner");
        if (owner == null) return null;
        owner.known(Set.of("organisation", "user"));
        if (owner.has("organisation") == owner.has("user")) {
            json.fault("owner", notSaid());
            return null;
        }
        Owner.Kind kind = owner.has("user") ? Owner.Kind.USER : Owner.Kind.ORGANISATION;
        String column = owner.requiredText(kind.name().toLowerCase(Locale.ROOT), "owner-column-missing");
        return column == null ? null : new Owner(kind, column);
    }

    private static Sentence notSaid() {
        return Sentence.of("owner-missing");
    }
}
