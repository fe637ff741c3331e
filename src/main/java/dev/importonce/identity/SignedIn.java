package dev.importonce.identity;

import java.security.Principal;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;

/**
 * A caller who has been authenticated.
 *
 * @param token the caller's token; null without sign-in, and for the secret of the cron endpoints
 * @param until when the token expires; null if the token is null
 */
record SignedIn(Caller caller, String token, Instant until, Set<String> roles) implements Principal {
    static final SignedIn LOCAL = new SignedIn(Caller.LOCAL, null, null, Set.of(Role.USER, Role.OPERATOR));
    static final SignedIn CRON = new SignedIn(Caller.SERVICE, null, null, Set.of(Role.CRON));

    static SignedIn with(String token, Caller caller, Instant until) {
        Set<String> roles = new HashSet<>();
        if (caller.userId() != null) roles.add(Role.USER);
        if (caller.service()) roles.addAll(Set.of(Role.SERVICE, Role.OPERATOR));
        return new SignedIn(caller, token, until, Set.copyOf(roles));
    }

    @Override
    public String getName() {
        return caller.userId() == null ? Role.SERVICE : caller.userId().toString();
    }

    /** Without the token, so that no log can contain it. */
    @Override
    public String toString() {
        return getName();
    }
}
