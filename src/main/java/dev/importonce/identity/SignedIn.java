package dev.importonce.identity;

import java.security.Principal;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;

/**
 * Who has been let in.
 *
 * @param token that it showed; null where nobody signs in, and for the secret of the cron endpoints
 * @param until from when on the token is refused; null like the token
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

    /** Without the token, whoever writes it down. */
    @Override
    public String toString() {
        return getName();
    }
}
