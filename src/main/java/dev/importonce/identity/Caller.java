package dev.importonce.identity;

import dev.importonce.problem.ProblemException;
import dev.importonce.problem.ProblemType;
import dev.importonce.words.Sentence;
import java.util.Set;
import java.util.UUID;

/**
 * Who is calling.
 *
 * @param userId the user who calls, or for whom a service acts; null for a service that acts for no user
 * @param orgId the organisation whose data the caller uses by default; null if the user is null
 * @param otherOrgs other organisations that the caller may name
 * @param service whether the caller has the {@code service_role}
 */
public record Caller(UUID userId, UUID orgId, Set<UUID> otherOrgs, boolean service) {
    /** The one user of local mode. */
    public static final UUID LOCAL_USER = UUID.fromString("00000000-0000-0000-0000-000000000001");

    static final Caller LOCAL = new Caller(LOCAL_USER, LOCAL_USER, Set.of(), false);

    /** A service that acts for no user. */
    static final Caller SERVICE = new Caller(null, null, Set.of(), true);

    /**
     * Whether the service runs without sign-in, so that every caller may do everything. A token may name the same user, but
     * its caller is never this one.
     */
    public boolean isLocal() {
        return this == LOCAL;
    }

    /** Whether the caller is a service that acts for no user: it may read the data of all users, and change none of them. */
    public boolean readsAll() {
        return service && userId == null;
    }

    /** A problem (403) for a service that names no user. */
    public void requireUser() {
        if (userId == null) throw new ProblemException(ProblemType.FORBIDDEN, Sentence.of("names-no-user"));
    }

    /** The user; a problem (403) for a service that names none. */
    public UUID user() {
        requireUser();
        return userId;
    }

    /** The organisation whose data the call uses: the named one, if the caller may use it, otherwise the caller's own. */
    public UUID organisation(UUID named) {
        requireUser();
        if (named == null) return orgId;
        if (service || named.equals(orgId) || otherOrgs.contains(named)) return named;
        throw new ProblemException(ProblemType.FORBIDDEN, Sentence.of("not-a-member", named));
    }

    /**
     * The organisation whose data the call reads: as {@link #organisation}, but a service that acts for no user may name any
     * organisation.
     */
    public UUID visibleOrganisation(UUID named) {
        return service && named != null ? named : organisation(named);
    }
}
