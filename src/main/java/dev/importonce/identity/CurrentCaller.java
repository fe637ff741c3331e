package dev.importonce.identity;

import io.quarkus.security.UnauthorizedException;
import io.quarkus.security.identity.SecurityIdentity;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Optional;

/** The caller of the current request. */
@ApplicationScoped
public class CurrentCaller {
    private final SecurityIdentity identity;

    CurrentCaller(SecurityIdentity identity) {
        this.identity = identity;
    }

    /** The caller, never null; a problem (401) if the caller has not signed in. */
    public Caller get() {
        return signedIn().caller();
    }

    /** Whether the caller is known. */
    public boolean isKnown() {
        return !identity.isAnonymous();
    }

    /** The caller's token, to be sent to other services on the caller's behalf; empty without sign-in. */
    public Optional<String> token() {
        return Optional.ofNullable(signedIn().token());
    }

    /** When the caller's token expires; empty if there is no token that could expire. */
    public Optional<Instant> until() {
        return Optional.ofNullable(signedIn().until());
    }

    private SignedIn signedIn() {
        if (identity.getPrincipal() instanceof SignedIn known) return known;
        throw new UnauthorizedException();
    }
}
