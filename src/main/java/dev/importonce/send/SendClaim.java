package dev.importonce.send;

import dev.importonce.queue.Claim;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Messages that one thread sends; each has its own token and gets its own outcome. While they are being sent, further ones
 * take the places that come free.
 */
final class SendClaim implements Claim {
    private final Message first;
    private final Set<Message> open = ConcurrentHashMap.newKeySet();
    private final int most;
    private final long until;
    private volatile Duration waited = Duration.ZERO;
    private volatile int size;
    private boolean full;

    /**
     * @param messages at least one
     * @param most the maximum number of messages, further ones included
     * @param growing how long further messages are taken
     */
    SendClaim(List<Message> messages, int most, Duration growing) {
        this.first = messages.get(0);
        this.most = most;
        this.until = System.nanoTime() + growing.toNanos();
        add(messages);
    }

    /** Only its own thread adds messages. */
    void add(List<Message> messages) {
        open.addAll(messages);
        size += messages.size();
        for (Message message : messages) if (message.waited().compareTo(waited) > 0) waited = message.waited();
    }

    /** How many further messages this claim may take now. */
    int room() {
        return full || System.nanoTime() - until >= 0 ? 0 : most - size;
    }

    /** No further messages. */
    void fill() {
        full = true;
    }

    /** The messages that have no outcome yet. */
    List<Message> open() {
        return List.copyOf(open);
    }

    boolean isOpen() {
        return !open.isEmpty();
    }

    /** Their outcomes are written. */
    void settled(Set<Message> some) {
        open.removeAll(some);
    }

    /** Always the first attempt: each message counts its own attempts. */
    @Override
    public int attempts() {
        return 1;
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public UUID subject() {
        return first.id();
    }

    /** The longest wait of these messages. */
    @Override
    public Duration waited() {
        return waited;
    }

    @Override
    public String toString() {
        return size + " messages from " + first.id() + " on";
    }
}
