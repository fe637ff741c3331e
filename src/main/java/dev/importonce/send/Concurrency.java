package dev.importonce.send;

/**
 * How many requests this process may have at the provider at once.
 *
 * @param places 1 to 4,096
 */
public record Concurrency(int places) {
    private static final int MOST = 4096;

    /** Refuses values out of range. */
    public Concurrency {
        if (places < 1 || places > MOST) throw invalid();
    }

    /** SmallRye Config calls this method to convert the setting. */
    public static Concurrency valueOf(String text) {
        try {
            return new Concurrency(Integer.parseInt(text.strip()));
        } catch (NumberFormatException e) {
            throw invalid();
        }
    }

    private static IllegalArgumentException invalid() {
        return new IllegalArgumentException(
                "IMPORTONCE_PROVIDER_CONCURRENCY must be a whole number from 1 to " + MOST + ".");
    }
}
