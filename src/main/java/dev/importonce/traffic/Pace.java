package dev.importonce.traffic;

/**
 * How far a sender is behind the required rate. Being ahead does not count: a sender that stops is late, however fast it was
 * before.
 */
final class Pace {
    private double behindNanos;
    private long bytes;

    void moved(int more) {
        bytes += more;
    }

    /**
     * Records that the reader has waited for the sender.
     *
     * @return how far the sender is behind, in nanoseconds
     */
    double waited(long nanos, long bytesPerSecond) {
        behindNanos = Math.max(0, behindNanos + nanos - bytes * 1e9 / bytesPerSecond);
        bytes = 0;
        return behindNanos;
    }
}
