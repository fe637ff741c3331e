package dev.importonce.identity;

import jakarta.enterprise.context.RequestScoped;
import java.time.Instant;
import java.util.Optional;

/** The caller of the current request, set before any endpoint is reached. */
@RequestScoped
public class CurrentCaller {
    private Caller caller;
    private String token;
    private Instant until;

    /** Never null inside an endpoint. */
    public Caller get() {
        return caller;
    }

    /** The token that it showed, to be shown on its behalf; empty where nobody signs in. */
    public Optional<String> token() {
        return Optional.ofNullable(token);
    }

    /** When the token stops letting in who shows it; empty where nothing ends what is begun. */
    public Optional<Instant> until() {
        return Optional.ofNullable(until);
    }

    void set(Caller caller) {
        this.caller = caller;
    }

    void set(SignedIn signedIn, String token) {
        this.caller = signedIn.caller();
        this.token = token;
        this.until = signedIn.until();
    }
}
