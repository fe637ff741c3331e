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

    /** Never null; a problem (401) where nobody has signed in. */
    public Caller get() {
        return signedIn().caller();
    }

    /** Whether there is one. */
    public boolean isKnown() {
        return !identity.isAnonymous();
    }

    /** The token that it showed, to be shown on its behalf; empty where nobody signs in. */
    public Optional<String> token() {
        return Optional.ofNullable(signedIn().token());
    }

    /** When the token stops letting in who shows it; empty where nothing ends what is begun. */
    public Optional<Instant> until() {
        return Optional.ofNullable(signedIn().until());
    }

    private SignedIn signedIn() {
        if (identity.getPrincipal() instanceof SignedIn known) return known;
        throw new UnauthorizedException();
    }
}
