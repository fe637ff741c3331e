package dev.importonce.send;

import dev.importonce.queue.Claim;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** Messages that were claimed together; each has its own token and gets its own outcome. */
final class SendClaim implements Claim {
    private final List<Message> messages;
    private final Set<Message> open = ConcurrentHashMap.newKeySet();

    SendClaim(List<Message> messages) {
        this.messages = messages;
        open.addAll(messages);
    }

    List<Message> messages() {
        return messages;
    }

    /** The messages that have no outcome yet. */
    List<Message> open() {
        return List.copyOf(open);
    }

    void settled(List<Message> some) {
        some.forEach(open::remove);
    }

    /** Always the first attempt: each message counts its own attempts. */
    @Override
    public int attempts() {
        return 1;
    }

    @Override
    public int size() {
        return messages.size();
    }

    @Override
    public UUID subject() {
        return messages.get(0).id();
    }

    /** The longest wait of these messages. */
    @Override
    public Duration waited() {
        return messages.stream().map(Message::waited).max(Duration::compareTo).orElse(Duration.ZERO);
    }

    @Override
    public String toString() {
        return messages.size() + " messages from " + messages.get(0).id() + " on";
    }
}
