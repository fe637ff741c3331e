package dev.importonce.identity;

import jakarta.enterprise.context.RequestScoped;
import java.util.Optional;

/** The caller of the current request, set before any endpoint is reached. */
@RequestScoped
public class CurrentCaller {
    private Caller caller;
    private String token;

    /** Never null inside an endpoint. */
    public Caller get() {
        return caller;
    }

    /** The token that it showed, to be shown on its behalf; empty where nobody signs in. */
    public Optional<String> token() {
        return Optional.ofNullable(token);
    }

    void set(Caller caller, String token) {
        this.caller = caller;
        this.token = token;
    }
}
