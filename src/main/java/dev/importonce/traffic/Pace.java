package dev.importonce.traffic;

/** How far the other side is behind the rate that is asked of it. Being ahead earns nothing: who stops is late, whatever came before. */
final class Pace {
    private long behindNanos;
    private long bytes;

    void begin() {
        behindNanos = 0;
        bytes = 0;
    }

    void moved(long more) {
        bytes += more;
    }

    /**
     * This side has waited.
     *
     * @return how long the other side would have to hurry, in nanoseconds
     */
    long waited(long nanos, long bytesPerSecond) {
        behindNanos = (long) Math.max(0, behindNanos + nanos - bytes * 1e9 / bytesPerSecond);
        bytes = 0;
        return behindNanos;
    }
}
