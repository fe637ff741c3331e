package dev.importonce.traffic;

/** How far a sender is behind the rate that is asked of it. Being ahead earns nothing: who stops is late, whatever came before. */
final class Pace {
    private double behindNanos;
    private long bytes;

    void moved(int more) {
        bytes += more;
    }

    /**
     * The sender was waited for.
     *
     * @return the time for which it would have to hurry, in nanoseconds
     */
    double waited(long nanos, long bytesPerSecond) {
        behindNanos = Math.max(0, behindNanos + nanos - bytes * 1e9 / bytesPerSecond);
        bytes = 0;
        return behindNanos;
    }
}
