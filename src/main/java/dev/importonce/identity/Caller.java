package dev.importonce.identity;

import dev.importonce.problem.ProblemException;
import dev.importonce.problem.ProblemType;
import java.util.Set;
import java.util.UUID;

/**
 * Who is calling.
 *
 * @param userId the user acted for; null for a service that acts for nobody
 * @param orgId the organisation whose data it works on unless it says otherwise; null like the user
 * @param otherOrgs organisations it may name instead
 * @param service whether it holds the {@code service_role}
 */
public record Caller(UUID userId, UUID orgId, Set<UUID> otherOrgs, boolean service) {
    /** The one user of local mode. */
    public static final UUID LOCAL_USER = UUID.fromString("00000000-0000-0000-0000-000000000001");

    static final Caller LOCAL = new Caller(LOCAL_USER, LOCAL_USER, Set.of(), false);

    /** A service that acts for nobody. */
    static final Caller SERVICE = new Caller(null, null, Set.of(), true);

    /** Whether nobody signs in here, so that anyone may do anything. A token may name the same user; it never is this caller. */
    public boolean isLocal() {
        return this == LOCAL;
    }

    /** Whether it is a service that acts for nobody: it may read what everybody has, and change nothing of it. */
    public boolean readsAll() {
        return service && userId == null;
    }

    /** Ends the request with 403 for a service that names no user. */
    public void requireUser() {
        if (userId == null)
            throw new ProblemException(
                    ProblemType.FORBIDDEN, "A service_role token acts for nobody: name the user in X-User-Id.");
    }

    /** The user; a problem (403) for a service that names none. */
    public UUID user() {
        requireUser();
        return userId;
    }

    /** The organisation to work on: the one named, if the caller may, else its own. */
    public UUID organisation(UUID named) {
        requireUser();
        if (named == null) return orgId;
        if (service || named.equals(orgId) || otherOrgs.contains(named)) return named;
        throw new ProblemException(ProblemType.FORBIDDEN, "You are not a member of organisation " + named + ".");
    }

    /** The organisation to read: as {@link #organisation}, but a service that acts for nobody may name any. */
    public UUID visibleOrganisation(UUID named) {
        return service && named != null ? named : organisation(named);
    }
}
