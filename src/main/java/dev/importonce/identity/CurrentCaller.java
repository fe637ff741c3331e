package dev.importonce.identity;

import jakarta.enterprise.context.RequestScoped;

/** The caller of the current request, set before any endpoint is reached. */
@RequestScoped
public class CurrentCaller {
    private Caller caller;

    /** Never null inside an endpoint. */
    public Caller get() {
        return caller;
    }

    void set(Caller caller) {
        this.caller = caller;
    }
}
