package dev.importonce.traffic;

import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * A limited number of places, in total and for one user. A guest that finds no free place waits, without a thread. A place
 * that becomes free goes to the user with the fewest places; among several such users, to the first one that waited.
 */
final class Places {
    private final int total;
    private final int mostWaiting;
    private final Map<UUID, Party> parties = new HashMap<>();
    private int inside;
    private int waiting;
    private long arrivals;

    /** @param mostWaiting how many guests may wait; one user may have half of them */
    Places(int total, int mostWaiting) {
        this.total = total;
        this.mostWaiting = mostWaiting;
    }

    /** The answer to a guest that requests a place. */
    enum Entry {
        /** The guest has a place. */
        IN,
        /** The guest will be admitted, unless it gives up before. */
        WAITS,
        /** Too many guests are waiting already. */
        FULL
    }

    /** One request for a place. */
    static final class Guest {
        private final UUID user;
        private final int most;
        private final Runnable admitted;
        private boolean inside;
        private long arrival;

        /**
         * @param most maximum number of places of this user
         * @param admitted runs when a waiting guest gets a place, on the thread of the guest that has left the place
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

    /** @return whether the guest was still waiting: then it will not be admitted any more */
    synchronized boolean giveUp(Guest guest) {
        Party party = parties.get(guest.user);
        boolean waited = party != null && party.waiting.remove(guest);
        if (waited) waiting--;
        forgetIfGone(guest.user);
        return waited;
    }

    /** Passes the guest's place to the next one; does nothing if the guest has no place. */
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

    /** Whether a guest is waiting only because other users have the places. */
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

        /** The first waiting guest, unless the user has its maximum number of places. */
        Optional<Guest> next() {
            return waiting.stream().findFirst().filter(guest -> inside < guest.most);
        }
    }
}
