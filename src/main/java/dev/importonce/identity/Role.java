package dev.importonce.identity;

/** What callers may do. A caller may have several; an endpoint names one of them at least. */
public final class Role {
    /** Acts for a user: by a token of its own, as a service that names one, or where nobody signs in. */
    public static final String USER = "user";

    /** Holds the {@code service_role}; without a user it may read, and change nothing that is somebody's. */
    public static final String SERVICE = "service";

    /** Looks after the whole service: the {@code service_role}, or whoever gets in where nobody signs in. */
    public static final String OPERATOR = "operator";

    /** Holds the secret of the cron endpoints: may have work done, and nothing else. */
    public static final String CRON = "cron";

    private Role() {}
}
