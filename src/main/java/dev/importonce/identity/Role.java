package dev.importonce.identity;

/** Roles of callers. A caller may have several roles; an endpoint names at least one. */
public final class Role {
    /** The caller is a user with a token, a service that names a user, or anyone when the service runs without sign-in. */
    public static final String USER = "user";

    /** The caller has the {@code service_role}; if it names no user, it may read, but not change, the data of users. */
    public static final String SERVICE = "service";

    /** The caller operates the whole service: it has the {@code service_role}, or the service runs without sign-in. */
    public static final String OPERATOR = "operator";

    /** The caller has the secret of the cron endpoints: it may start work there, and nothing else. */
    public static final String CRON = "cron";

    private Role() {}
}
