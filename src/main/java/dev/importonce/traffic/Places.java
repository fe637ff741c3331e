package dev.importonce.traffic;

import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Places that only so many can have at once: some in all, fewer for one user. Who finds none waits, on no thread. When one is
 * left, it goes to the user who has the fewest, and of several to who came first.
 */
final class Places {
    private final int total;
    private final int mostWaiting;
    private final Map<UUID, Party> parties = new HashMap<>();
    private int inside;
    private int waiting;
    private long arrivals;

    /** @param mostWaiting how many may wait; half of them of one user */
    Places(int total, int mostWaiting) {
        this.total = total;
        this.mostWaiting = mostWaiting;
    }

    /** What becomes of who asks for a place. */
    enum Entry {
        /** It has one. */
        IN,
        /** It will be admitted, unless it gives up before. */
        WAITS,
        /** Too many wait already. */
        FULL
    }

    /** One who asks for a place, once. */
    static final class Guest {
        private final UUID user;
        private final int most;
        private final Runnable admitted;
        private boolean inside;
        private long arrival;

        /**
         * @param most places that this user may have
         * @param admitted run when a place was waited for and found, on the thread of who has left it
         */
        Guest(UUID user, int most, Runnable admitted) {
            this.user = user;
            this.most = most;
            this.admitted = admitted;
        }
    }

    synchronized Entry enter(Guest guest) {
        Party party = parties.computeIfAbsent(guest.user, user -> new Party());
        if (inside < total && party.inside < guest.most) {
            admit(party, guest);
            return Entry.IN;
        }
        if (waiting >= mostWaiting || party.waiting.size() >= mostWaiting / 2) return Entry.FULL;
        guest.arrival = arrivals++;
        party.waiting.add(guest);
        waiting++;
        return Entry.WAITS;
    }

    /** @return whether it was still waiting: then it will not be admitted any more */
    synchronized boolean giveUp(Guest guest) {
        Party party = parties.get(guest.user);
        boolean waited = party != null && party.waiting.remove(guest);
        if (waited) waiting--;
        forgetIfGone(guest.user);
        return waited;
    }

    /** Has the place go to the next one; nothing happens if it has none. */
    void leave(Guest guest) {
        Optional<Guest> next;
        synchronized (this) {
            if (!guest.inside) return;
            guest.inside = false;
            inside--;
            parties.get(guest.user).inside--;
            next = next();
            next.ifPresent(one -> {
                Party party = parties.get(one.user);
                party.waiting.remove(one);
                waiting--;
                admit(party, one);
            });
            forgetIfGone(guest.user);
        }
        next.ifPresent(one -> one.admitted.run());
    }

    /** Whether somebody waits who could be inside but for others. */
    synchronized boolean isCrowded() {
        return waiting > 0
                && parties.values().stream().anyMatch(party -> party.next().isPresent());
    }

    synchronized int count() {
        return inside;
    }

    synchronized int countWaiting() {
        return waiting;
    }

    private void admit(Party party, Guest guest) {
        guest.inside = true;
        party.inside++;
        inside++;
    }

    private Optional<Guest> next() {
        return parties.values().stream()
                .filter(party -> party.next().isPresent())
                .min(Comparator.comparingInt((Party party) -> party.inside)
                        .thenComparing(party -> party.next().orElseThrow().arrival))
                .flatMap(Party::next);
    }

    private void forgetIfGone(UUID user) {
        Party party = parties.get(user);
        if (party != null && party.inside == 0 && party.waiting.isEmpty()) parties.remove(user);
    }

    /** The guests of one user. */
    private static final class Party {
        private final Set<Guest> waiting = new LinkedHashSet<>();
        private int inside;

        /** The first of those that wait, unless the user has as many places as it may. */
        Optional<Guest> next() {
            return waiting.stream().findFirst().filter(guest -> inside < guest.most);
        }
    }
}
